"""Answers are held against their rivals, whether or not the question itself is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import Columns, select
from champions.scoring.digest import digest
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.shares import thread_shares
from champions.scoring.what_if import WhatIf
from tests.champions.scoring.communities import NOW, Community, grown


def answered(*threads: str, known: bool = False, days: tuple[int, ...] = ()) -> Columns:
    """One answer a thread named, by different people, to questions that are `known` or not."""
    builder = ColumnsBuilder()
    for number, thread in enumerate(threads):
        at = NOW - (days[number] if days else 10) * DAY
        builder.event(at, f"p{number}", "answer", name=f"a{number}", parent=thread or None)
    for thread in sorted(set(threads) - {""}) if known else ():
        builder.event(NOW - 50 * DAY, "asker", "question", name=thread)
    return builder.columns()


def shares(columns: Columns) -> list[float]:
    rows = np.flatnonzero(columns.events.verb == columns.events.verb_names.index("answer"))
    return thread_shares(columns, rows).tolist()


def test_answers_to_the_same_unseen_question_share_its_thread() -> None:
    assert shares(answered("c-00123", "c-00123", "c-00777", "")) == pytest.approx([0.5, 0.5, 1.0, 1.0])


def test_an_unseen_question_counts_as_a_known_one_does() -> None:
    threads = ("c-1", "c-1", "c-1", "c-2", "", "c-2")
    assert shares(answered(*threads)) == shares(answered(*threads, known=True))


def test_votes_weigh_the_shares_of_an_unseen_thread() -> None:
    builder = ColumnsBuilder()
    for name in ("a", "b"):
        builder.event(NOW - DAY, name, "answer", name=f"answer {name}", parent="c-1")
    for _ in range(4):
        builder.event(NOW - DAY / 2, "", "vote", parent="answer a")
    assert shares(builder.columns()) == pytest.approx([0.9, 0.1])


def test_a_thread_that_began_before_the_window_leaves_its_later_answers_alone() -> None:
    columns = answered("c-1", "c-1", "c-1", "c-2", "c-2", days=(400, 30, 20, 30, 20))
    late = select(columns, columns.events.at >= NOW - 100 * DAY, np.zeros(0, bool))
    assert shares(late) == pytest.approx([1.0, 1.0, 0.5, 0.5])
    earlier = columns.before(NOW - 25 * DAY)
    assert shares(earlier) == pytest.approx([0.5, 0.5, 1.0])


def test_what_if_sees_unseen_threads_as_a_run_does() -> None:
    community = grown(3)
    unseen = tuple(row for row in community.events if row["verb"] != "question")
    columns = Community(community.people, unseen, community.outcomes).columns()
    assert columns.events.thread is not None
    for days in (7300.0, 200.0):
        settings_ = Parameters(window_days=days)
        run, redrawn = score(columns, settings_, NOW), WhatIf(columns, Parameters(), NOW).redraw(settings_)
        assert dict(zip(run.ids, run.value.tolist(), strict=True)) == pytest.approx(
            dict(zip(redrawn.ids, redrawn.value.tolist(), strict=True)), abs=1e-9
        )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["", "c-1", "c-2", "c-3"]), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_neither_order_nor_numbers_of_threads_change_the_digest(threads: list[str], random: object) -> None:
    columns = answered(*threads)
    events = columns.events
    order = np.arange(len(events))
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = {name: value[order] if isinstance(value, np.ndarray) else value for name, value in vars(events).items()}
    if events.thread is not None:
        most = int(events.thread.max())
        mixed["thread"] = np.where(mixed["thread"] >= 0, most - mixed["thread"], -1).astype(np.int32)
    other = Columns(columns.people, type(events)(**mixed), columns.outcomes)
    assert digest(columns, NOW, "") == digest(other, NOW, "")


def test_other_rivals_give_another_digest() -> None:
    assert digest(answered("c-1", "c-1", "c-2"), NOW, "") != digest(answered("c-1", "c-2", "c-2"), NOW, "")
