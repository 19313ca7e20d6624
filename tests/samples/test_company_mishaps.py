"""What a fair score must not reward is really there, done by ordinary people, each in one way only."""

from collections import Counter

import pytest

from samples.company.company import generate
from samples.company.records import Company, Event


def test_nobody_does_two_of_these_and_nobody_of_them_is_truly_good(company: Company) -> None:
    mishaps = company.mishaps
    named = [
        *mishaps.praise_ring, *mishaps.quiet_accounts, *mishaps.pasters, *mishaps.bought_reach,
        mishaps.pushed, mishaps.flooder, mishaps.copyist,
    ]  # fmt: skip
    assert len(set(named)) == len(named)
    assert not set(named) & {nature.person for nature in company.natures if nature.truly_good}


def test_the_ring_sits_in_one_team_and_gives_most_of_its_praise_to_itself(company: Company) -> None:
    ring = set(company.mishaps.praise_ring)
    assert len({person.team for person in company.people if person.id in ring}) == 1
    praise = _praise_by(company, ring)
    assert sum(event.target in ring for event in praise) > 0.5 * len(praise)


def test_the_ring_accepts_its_own_answers_within_the_day(company: Company) -> None:
    ring = set(company.mishaps.praise_ring)
    asker = {event.id: event.person for event in company.events}
    parent = {event.id: event.in_reply_to for event in company.events}
    favours = [
        item
        for item in company.outcomes
        if item.kind == "accepted" and item.person in ring and asker.get(parent[item.activity]) in ring
    ]
    assert len(favours) >= 25
    assert {item.person for item in favours} == ring


def test_quiet_accounts_praise_one_colleague_and_hardly_anybody_else(company: Company) -> None:
    quiet = set(company.mishaps.quiet_accounts)
    praise = _praise_by(company, quiet)
    assert sum(event.target == company.mishaps.pushed for event in praise) > 0.6 * len(praise)
    counts = Counter(event.person for event in company.events if event.person in quiet)
    assert max(counts.values()) < 45


def test_the_flooder_posts_hundreds_and_answers_own_questions(company: Company) -> None:
    flooder = company.mishaps.flooder
    own = [event for event in company.events if event.person == flooder]
    assert len(own) > 400
    assert sum(event.verb == "answer" and event.target == flooder for event in own) >= 30
    others = [event for event in company.events if event.verb == "answer" and event.target == event.person != flooder]
    assert [event for event in others if event.person] == []


def test_the_copyist_repeats_posts_of_others_half_of_them_word_for_word(company: Company) -> None:
    seen: dict[str, str] = {}
    exact = edited = 0
    for event in company.events:
        if event.verb == "post" and event.person == company.mishaps.copyist:
            exact += event.text in seen
            edited += event.text not in seen and any(_alike(event.text, text) for text in seen)
        elif event.verb == "post":
            seen.setdefault(event.text, event.person)
    assert exact >= 8
    assert edited >= 8


def test_one_post_is_pasted_by_many(company: Company) -> None:
    texts = Counter(
        event.text for event in company.events if event.verb == "post" and event.person in company.mishaps.pasters
    )
    assert texts.most_common(1)[0][1] >= 5


def test_shares_are_library_texts_and_some_posts_are_library_texts_in_disguise(company: Company) -> None:
    library = {item.text for item in company.library}
    assert all(event.text in library for event in company.events if event.verb == "share")
    posts = {event.text for event in company.events if event.verb == "post"}
    assert not posts & library
    assert sum(any(_alike(post, text) for text in library) for post in posts if "#larkspur" in post) >= 3


def test_bought_reach_has_many_views_and_decisions_that_it_paid_for(company: Company) -> None:
    buyers = set(company.mishaps.bought_reach)
    paid = {event.id: event for event in company.events if event.reach == "paid"}
    by_buyers = [event for event in paid.values() if event.person in buyers]
    assert len(by_buyers) >= 20
    assert sum(event.magnitude for event in by_buyers) / len(by_buyers) > 5_000
    decisions = [
        item
        for item in company.outcomes
        if item.kind == "buying_decision_influenced" and item.activity in paid and item.person in buyers
    ]
    assert len(decisions) >= 8


def test_honest_texts_are_hardly_ever_alike(company: Company) -> None:
    answers = [event.text for event in company.events if event.verb == "answer"]
    assert len(set(answers)) == len(answers)


@pytest.mark.parametrize("seed", range(4))
def test_every_seed_has_all_of_them(seed: int, company: Company) -> None:
    mishaps = generate(seed, company.today).mishaps
    assert (len(mishaps.praise_ring), len(mishaps.quiet_accounts), len(mishaps.bought_reach)) == (6, 16, 2)
    assert all((mishaps.pushed, mishaps.flooder, mishaps.copyist, mishaps.pasters))


def _praise_by(company: Company, people: set[str]) -> list[Event]:
    return [
        event for event in company.events if event.person in people and event.verb in {"reaction", "comment", "mention"}
    ]


def _alike(one: str, other: str) -> bool:
    """Whether two texts share half of their runs of three words."""
    first, second = _runs(one), _runs(other)
    return len(first & second) >= 0.5 * len(first | second)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().strip(".!").split()
    return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
