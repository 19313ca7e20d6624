"""The shape of the demo company against the ranges measured on real communities (see samples/company/company.py)."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from samples.company.company import generate
from samples.company.records import Company
from samples.company.shape import Row, company_shape, shape_of

SEEDS = [0, 7, 19]


@pytest.fixture(scope="module", params=SEEDS)
def some_company(request: pytest.FixtureRequest, company: Company) -> Company:
    return company if request.param == company.seed else generate(request.param, company.today)


def test_the_shape_lies_in_the_ranges_that_the_generator_states(some_company: Company) -> None:
    shape = company_shape(some_company)
    assert 0.11 <= shape.top_1_share <= 0.24
    assert 0.51 <= shape.top_10_share <= 0.67
    assert 0.21 <= shape.silent_share <= 0.29
    assert 0.26 <= shape.late_share <= 0.38
    assert 0.49 <= shape.talk_share <= 0.59
    assert 1.62 <= shape.answers_per_question <= 1.74
    assert 0.56 <= shape.one_answer_share <= 0.62
    assert 0.26 <= shape.accepted_share <= 0.31
    assert 0.09 <= shape.weekend_share <= 0.19


def test_there_are_enough_events_to_score_and_few_enough_to_load_quickly(some_company: Company) -> None:
    assert 15_000 <= len(some_company.events) <= 25_000
    assert 1_600 <= len(some_company.outcomes) <= 2_400


def test_two_or_three_in_a_hundred_are_truly_good(some_company: Company) -> None:
    good = sum(nature.truly_good for nature in some_company.natures)
    assert 0.02 <= good / len(some_company.people) <= 0.03


def test_the_truly_good_succeed_about_twice_as_often_as_others(some_company: Company) -> None:
    good = {nature.person for nature in some_company.natures if nature.truly_good}
    assert _acceptance(some_company, good) > 1.7 * _acceptance(some_company, _ordinary(some_company) - good)


def test_the_loudest_succeed_no_more_often_than_others(some_company: Company) -> None:
    ordinary = _ordinary(some_company)
    counts = Counter(event.person for event in some_company.events if event.person in ordinary)
    loudest = {person for person, _ in counts.most_common(len(counts) // 5)}
    assert abs(_acceptance(some_company, loudest) - _acceptance(some_company, ordinary - loudest)) < 0.06


def test_managers_act_less_than_their_people(some_company: Company) -> None:
    heads = {team.manager for team in some_company.teams}
    counts = Counter(event.person for event in some_company.events if event.person)
    mean_of_heads = sum(counts[head] for head in heads) / len(heads)
    mean_of_others = sum(count for person, count in counts.items() if person not in heads) / (412 - len(heads))
    assert mean_of_heads < 0.6 * mean_of_others


def test_the_night_desk_works_at_night(company: Company) -> None:
    night = {person.id for person in company.people if "Night Desk" in person.team}
    hours = [event.at.hour for event in company.events if event.person in night]
    assert sum(hour >= 18 or hour < 6 for hour in hours) > 0.7 * len(hours)


def test_shape_of_a_tiny_community_by_hand() -> None:
    at = [datetime(2026, 1, 5 + day, 12, tzinfo=UTC) for day in range(6)]  # Monday to Saturday
    rows = [
        Row("1", at[0], "a", "question", ""),
        Row("2", at[1], "b", "answer", "1"),
        Row("3", at[1], "c", "answer", "1"),
        Row("4", at[2], "b", "comment", "3"),
        Row("5", at[5], "d", "question", ""),
        Row("6", at[5], "", "vote", "2"),
    ]
    shape = shape_of(rows, known=8, accepted=1, middle=at[3])
    assert (shape.active, shape.events) == (4, 5)
    assert shape.top_1_share == shape.top_10_share == 0.4
    assert shape.silent_share == 0.5
    assert shape.late_share == 0.25
    assert shape.talk_share == 0.2
    assert (shape.answers_per_question, shape.one_answer_share) == (2.0, 0.0)
    assert shape.accepted_share == 0.5
    assert (shape.weekend_share, shape.night_share) == (0.2, 0.0)


def test_no_events_have_no_shape() -> None:
    with pytest.raises(ValueError, match="no events"):
        shape_of([], known=3, accepted=0, middle=datetime(2026, 1, 1, tzinfo=UTC))


def _ordinary(company: Company) -> set[str]:
    """Everybody whose accepted answers were honestly come by, and who is not truly good."""
    mishaps = company.mishaps
    unfair = {*mishaps.praise_ring, mishaps.pushed, mishaps.flooder}
    return {nature.person for nature in company.natures if not nature.truly_good} - unfair


def _acceptance(company: Company, people: set[str]) -> float:
    answers = sum(event.verb == "answer" and event.person in people for event in company.events)
    accepted = sum(item.kind == "accepted" and item.person in people for item in company.outcomes)
    return accepted / answers
