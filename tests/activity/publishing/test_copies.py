"""Who repeats a text is known without keeping it, whichever file came first."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import ActivityEvent
from activity.text_models import CopyKey, EventText, KnownText, LibraryText, TextLikeness
from db import db

WORDS = [f"word{number}" for number in range(200)]


def text(seed: int, words: int = 40) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(original: str) -> str:
    words = original.split()
    words[len(words) // 2] = "changed"
    return " ".join(words)


def copies(importing):
    return {name: row.is_copy for name, row in importing.events().items()}


def supplied(importing):
    return {name: row.from_library for name, row in importing.events().items()}


def test_the_first_to_post_a_text_is_no_copy_and_the_others_are(importing, event, cast):
    rows = [
        event("late", who=cast.amara, at="2026-02-02", text=text(1).upper()),
        event("first", at="2026-02-01", text=text(1)),
        event("other", at="2026-02-03", text=text(2)),
    ]
    row = importing("activity", rows)
    assert copies(importing) == {"first": False, "late": True, "other": False}
    assert row.notes == ["1 new event repeats a text that was posted before."]


def test_a_lightly_edited_text_is_a_copy(importing, event):
    importing("activity", [event("a", text=text(1)), event("b", at="2026-02-02", text=edited(text(1)))])
    assert copies(importing) == {"a": False, "b": True}


def test_short_texts_are_said_alike_by_chance(importing, event):
    thanks = "Thank you, that helped me a lot."
    importing("activity", [event("a", text=thanks), event("b", at="2026-02-02", text=thanks)])
    assert copies(importing) == {"a": False, "b": False}
    assert importing.events()["a"].text_hash is not None


def test_the_first_poster_is_found_even_if_imported_last(importing, event):
    importing("activity", [event("late", at="2026-02-05", text=edited(text(1)))])
    assert copies(importing) == {"late": False}
    importing("activity", [event("first", at="2026-02-01", text=text(1))], source="chat")
    assert copies(importing) == {"late": True, "first": False}


def test_a_supplied_text_is_from_the_library_and_no_copy_whichever_came_first(importing, event):
    importing("activity", [event("a", text=text(1)), event("b", at="2026-02-02", text=edited(text(1)))])
    row = importing("library", [{"title": "Launch", "text": text(1)}], source="intranet")
    assert (row.taken, row.known) == (1, 0)
    importing("activity", [event("c", at="2026-02-03", text=text(1)), event("d", text=text(9))])
    assert supplied(importing) == {"a": True, "b": True, "c": True, "d": False}
    assert not any(copies(importing).values())


def test_a_short_supplied_text_is_found_exactly(importing, event):
    importing("library", [{"title": "Greeting", "text": "Good morning from the whole team!"}])
    importing("activity", [event("a", text="good morning from the WHOLE team")])
    assert supplied(importing) == {"a": True}


def test_a_library_is_taken_once_and_its_titles_change(importing):
    importing("library", [{"title": "Launch", "text": text(1)}, {"title": "Empty", "text": "..."}])
    row = importing("library", [{"title": "Relaunch", "text": text(1)}, {"title": "New", "text": text(2)}])
    assert (row.taken, row.changed, row.known, row.rejected) == (1, 1, 0, 0)
    assert set(db.session.scalars(db.select(LibraryText.title))) == {"Relaunch", "New"}


def test_every_text_of_a_library_is_accounted_for(importing):
    rows = [{"title": "A", "text": text(1)}, {"title": "A", "text": text(1)}, {"title": "B", "text": " . "}]
    row = importing("library", rows)
    assert (row.taken, row.changed, row.known, row.rejected) == (1, 0, 1, 1)


def test_a_dry_run_remembers_no_text(importing, event):
    importing("activity", [event("a", text=text(1))], dry_run=True)
    importing("library", [{"title": "x", "text": text(2)}], dry_run=True)
    for model in (KnownText, CopyKey, TextLikeness, LibraryText, ActivityEvent):
        assert db.session.scalars(db.select(model)).all() == []


def test_thousands_of_versions_of_one_text_stay_within_bounds(importing, event):
    versions = [f"{text(1)} number{number}" for number in range(600)]
    start = "2026-02-01T10:{:02d}:{:02d}"
    rows = [
        event(f"a{number}", at=start.format(number // 60, number % 60), text=version)
        for number, version in enumerate(versions)
    ]
    importing("activity", rows)
    assert sum(copies(importing).values()) == 599
    assert db.session.scalar(db.select(db.func.count()).select_from(TextLikeness)) < 600 * 2 * 80


def test_words_are_kept_only_where_the_setting_asks_for_it(importing, event, app):
    importing("activity", [event("a", text="Hello there")])
    assert db.session.scalars(db.select(EventText)).all() == []
    db.session.rollback()
    app.config["KEEP_TEXT"] = True
    importing("activity", [event("b", text="Line one\nline\ttwo \\ three")])
    importing("activity", [event("b", text="Changed words")])
    kept = db.session.execute(db.select(EventText.text)).scalars().all()
    assert kept == ["Changed words"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    posts=st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 5)), min_size=1, max_size=8),
    cut=st.integers(0, 8),
)
@pytest.mark.parametrize("order", ["as they are", "the other way round"])
def test_copies_do_not_depend_on_the_order_of_files(order, importing, event, database, posts, cut):
    """However posts are spread over files: each is a copy if one before it says nearly the same."""
    db.session.execute(db.delete(ActivityEvent))
    for model in (KnownText, CopyKey, TextLikeness):
        db.session.execute(db.delete(model))
    db.session.commit()
    rows = []
    for number, (seed, is_edited, minute) in enumerate(posts):
        words = edited(text(seed)) if is_edited else text(seed)
        rows.append(event(f"a{number}", at=f"2026-02-01T10:{minute:02d}:00", text=words))
    files = [rows[:cut], rows[cut:]]
    for part in files if order == "as they are" else reversed(files):
        if part:
            importing("activity", part)
    before = [(minute, f"a{number}", seed) for number, (seed, _, minute) in enumerate(posts)]
    expected = {
        name: any(other[2] == seed and other[:2] < (minute, name) for other in before) for minute, name, seed in before
    }
    assert copies(importing) == expected
