"""The year of activity of the demo company: valid rows in its own days, and outcomes that refer to them."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from activity.formats.fingerprint import WORDS_BEFORE_SIGNATURE, fingerprint
from samples.company.company import generate
from samples.company.records import Company

VERBS = {"post", "question", "answer", "reply", "comment", "review", "reaction", "mention", "share", "vote"}
KINDS = {
    "accepted", "buying_decision_influenced", "service_issue_passed_on", "service_issue_resolved", "insight_adopted",
}  # fmt: skip


def test_events_fill_the_year_that_ends_the_day_before_today(company: Company) -> None:
    first = datetime.combine(company.today - timedelta(days=365), time(), UTC)
    end = datetime.combine(company.today, time(), UTC)
    moments = [event.at for event in company.events]
    assert moments == sorted(moments)
    assert first <= moments[0] < first + timedelta(days=2)
    assert end - timedelta(days=2) < moments[-1] < end
    assert all(outcome.at < end for outcome in company.outcomes)


def test_events_have_unique_ids_known_people_and_known_words(company: Company) -> None:
    people = {person.id for person in company.people}
    assert len({event.id for event in company.events}) == len(company.events)
    assert {event.verb for event in company.events} == VERBS
    assert {event.reach for event in company.events} == {"paid", "organic", ""}
    assert all(event.target in people or event.target == "" for event in company.events)
    assert all(event.person in people or (event.person == "" and event.verb == "vote") for event in company.events)


def test_replies_come_after_what_they_reply_to_and_reach_its_author(company: Company) -> None:
    known = {event.id: event for event in company.events}
    for event in company.events:
        if event.in_reply_to in known:
            assert known[event.in_reply_to].at <= event.at
            assert event.target == known[event.in_reply_to].person
        else:
            assert event.in_reply_to == "" or event.in_reply_to.startswith("c-")


def test_what_is_said_to_a_customer_has_a_thread_and_no_target(company: Company) -> None:
    towards_customers = [event for event in company.events if event.in_reply_to.startswith("c-")]
    assert len(towards_customers) > 2000
    assert all(event.target == "" for event in towards_customers)
    assert {event.verb for event in towards_customers} == {"answer", "reply"}


def test_nobody_answers_twice_in_a_customers_thread(company: Company) -> None:
    answers = Counter(
        (event.in_reply_to, event.person) for event in company.events if event.in_reply_to.startswith("c-")
    )
    assert set(answers.values()) == {1}


def test_nobody_acts_before_the_first_or_after_the_last_day_of_work(company: Company) -> None:
    person = {person.id: person for person in company.people}
    for event in company.events:
        if event.person:
            local = event.at.astimezone(ZoneInfo(person[event.person].time_zone))
            assert person[event.person].works_on(local.date())
            assert person[event.person].works_on(event.at.date())


def test_only_written_events_have_a_text_and_only_those_have_an_address(company: Company) -> None:
    for event in company.events:
        assert bool(event.text) == (event.verb not in {"vote", "reaction", "mention"})
        assert bool(event.permalink) == (event.verb not in {"vote", "reaction"})
        assert ".larkspur.example/" in event.permalink or not event.permalink


def test_outcomes_refer_to_an_earlier_event_of_the_credited_person(company: Company) -> None:
    events = {event.id: event for event in company.events}
    assert {outcome.kind for outcome in company.outcomes} == KINDS
    for outcome in company.outcomes:
        assert events[outcome.activity].person == outcome.person
        assert events[outcome.activity].at < outcome.at


def test_shares_of_an_outcome_sum_to_at_most_one_and_some_are_shared(company: Company) -> None:
    shares = defaultdict(list)
    for outcome in company.outcomes:
        assert outcome.value > 0
        shares[outcome.id, outcome.at, outcome.kind].append((outcome.person, outcome.share))
    assert len({outcome for outcome, _, _ in shares}) == len(shares)
    for credited in shares.values():
        assert 0 < sum(share for _, share in credited) <= 1
        assert len({person for person, _ in credited}) == len(credited)
    assert sum(len(credited) == 2 for credited in shares.values()) >= 10


def test_every_resolved_service_issue_was_passed_on_before(company: Company) -> None:
    passed = {item.activity: item.at for item in company.outcomes if item.kind == "service_issue_passed_on"}
    resolved = [item for item in company.outcomes if item.kind == "service_issue_resolved"]
    assert all(passed[item.activity] < item.at for item in resolved)
    assert 0.5 < len(resolved) / len(passed) < 0.95


def test_lessons_raise_the_success_of_those_who_took_them_and_nothing_else(company: Company) -> None:
    first = company.today - timedelta(days=300)
    taught = {person.id: first for person in company.people[::2]}
    after = generate(company.seed, company.today, taught)
    assert after.people == company.people
    assert [event for event in after.events if event.person] == [event for event in company.events if event.person]
    assert _successes(after, taught, first) > 1.1 * _successes(company, taught, first)


def _successes(company: Company, people: dict[str, date], since: date) -> int:
    later = since + timedelta(days=60)
    return sum(item.person in people and item.at.date() > later for item in company.outcomes)


def test_what_happened_before_the_first_lesson_stays_row_by_row(company: Company) -> None:
    first = company.today - timedelta(days=120)
    after = generate(company.seed, company.today, {person.id: first for person in company.people})
    for rows, lifted in ((company.events, after.events), (company.outcomes, after.outcomes)):
        earlier = [row for row in rows if row.at.date() < first]
        assert earlier == [row for row in lifted if row.at.date() < first]
        assert len(earlier) > len(rows) / 2


def test_a_remark_is_too_short_to_be_called_a_copy(company: Company) -> None:
    remarks = [event.text for event in company.events if event.verb == "comment"]
    assert max(fingerprint(text).words for text in remarks) <= WORDS_BEFORE_SIGNATURE
    assert len(remarks) > 1000
