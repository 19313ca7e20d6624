"""Rows without an id get one that stays the same when the file is imported again, or has grown."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from activity.formats.external_ids import OccurrenceCounter, content_digest, with_outcome_ids
from activity.formats.rows import OutcomeRow

START = datetime(2026, 1, 1, tzinfo=UTC)


def outcome(number: int, outcome_id: str = "") -> OutcomeRow:
    return OutcomeRow(outcome_id, START + timedelta(days=number), "p1", "deal", 1.0, "", 1.0)


def ids(rows: list[OutcomeRow], batch: int = 3) -> list[str]:
    with OccurrenceCounter() as counter:
        found: list[str] = []
        for start in range(0, len(rows), batch):
            found += [row.outcome_id for row in with_outcome_ids(rows[start : start + batch], counter)]
        return found


def test_rows_that_say_the_same_get_different_ids():
    assert len(set(ids([outcome(1)] * 7))) == 7


def test_an_id_of_its_own_is_kept():
    assert ids([outcome(1, "o1"), outcome(1), outcome(2, "o2")])[0::2] == ["o1", "o2"]


def test_an_offset_or_a_way_of_writing_numbers_makes_no_difference():
    east = timezone(timedelta(hours=2))
    row = outcome(1)
    assert ids([row]) == ids([row._replace(at=row.at.astimezone(east).astimezone(UTC), value=float("1.00"))])


def test_fields_cannot_run_into_each_other():
    assert content_digest(["ab", "c"]) != content_digest(["a", "bc"])


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=20), st.integers(1, 50))
def test_a_longer_file_has_the_ids_of_the_shorter_one_and_new_ones(first: list[int], more: list[int], batch: int):
    short, long = [outcome(n) for n in first], [outcome(n) for n in first + more]
    assert ids(long, batch)[: len(short)] == ids(short, 7)
    assert len(set(ids(long, batch))) == len(long)


@given(st.lists(st.integers(0, 3), max_size=30), st.randoms())
def test_the_order_of_rows_makes_no_difference_to_the_set_of_ids(numbers: list[int], dice):
    shuffled = list(numbers)
    dice.shuffle(shuffled)
    assert set(ids([outcome(n) for n in numbers])) == set(ids([outcome(n) for n in shuffled]))


def test_occurrences_are_counted_over_more_rows_than_are_asked_for_at_once():
    digests = [content_digest([number % 3000]) for number in range(9000)]
    with OccurrenceCounter() as counter:
        numbers = [
            number for start in range(0, 9000, 4500) for number in counter.occurrences(digests[start : start + 4500])
        ]
    assert Counter(numbers) == {1: 3000, 2: 3000, 3: 3000}
