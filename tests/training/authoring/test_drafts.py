"""Drafts: every change is kept, can be undone, and nobody writes over somebody else unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import db
from tests.support.cast import NOW
from tests.support.small_course import small_course
from tests.support.written import draft_by
from training.authoring.models import Deed
from training.authoring.operations import (
    By,
    ChangedMeanwhileError,
    begin_draft,
    change,
    draft_of_course,
    redo,
    text_at,
    undo,
)
from training.authoring.queries import steps_of
from training.courses.loading import load_course
from training.rules.authoring.editing import put, remove
from training.rules.authoring.places import COURSE, Part, Place

LESSON, OTHER = Place(Part.LESSON, "listen", "hear"), Place(Part.LESSON, "listen", "ask")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(cast):
    return draft_by(cast.amara)


def write(draft, place, person, text, minutes=0, base=None):
    return change(
        draft, place, lambda now: put(now, place, text=text), By(person.id, NOW + minutes * MINUTE), base=base
    )


def lesson_text(draft, number=None):
    return text_at(draft, number).modules[0].lessons[0].text


def test_a_new_draft_has_a_name_that_nothing_else_has(cast, draft):
    load_course(replace(small_course(), slug="closing-a-talk-2"), NOW)
    again = begin_draft(replace(small_course(), slug="", title="Closing a talk"), By(cast.otto.id, NOW))
    assert (draft.slug, again.slug) == ("closing-a-talk", "closing-a-talk-3")


def test_each_change_is_one_more_state_and_none_is_lost(cast, draft):
    write(draft, LESSON, cast.amara, "One.")
    write(draft, LESSON, cast.amara, "Two.", minutes=10)
    assert [lesson_text(draft, number)[:4] for number in (2, 3)] == ["One.", "Two."]
    assert (draft.last_number, draft.changed_by_id) == (3, cast.amara.id)


def test_a_change_that_changes_nothing_leaves_no_trace(cast, draft):
    assert write(draft, LESSON, cast.amara, lesson_text(draft)) == 1


def test_undo_and_redo_walk_through_the_steps(cast, draft):
    by = By(cast.amara.id, NOW)
    first = lesson_text(draft)
    write(draft, LESSON, cast.amara, "One.")
    write(draft, OTHER, cast.amara, "Other.")
    assert undo(draft, by)
    assert undo(draft, by)
    assert lesson_text(draft) == first
    assert not undo(draft, by)
    assert redo(draft, by)
    assert redo(draft, by)
    assert not redo(draft, by)
    assert (lesson_text(draft), text_at(draft).modules[0].lessons[1].text) == ("One.", "Other.")
    assert undo(draft, by)
    write(draft, OTHER, cast.amara, "Third.", minutes=9)
    assert not redo(draft, by)


def test_what_one_author_goes_on_writing_is_one_step(cast, draft):
    first = lesson_text(draft)
    for minute, text in enumerate(("O", "On", "One")):
        write(draft, LESSON, cast.amara, text, minutes=minute)
    assert [step.number for step in steps_of(draft)] == [4, 1]
    undo(draft, By(cast.amara.id, NOW))
    assert lesson_text(draft) == first


def test_a_pause_another_author_or_another_part_begins_a_new_step(cast, draft):
    write(draft, LESSON, cast.amara, "One")
    write(draft, LESSON, cast.amara, "Two", minutes=20)
    write(draft, LESSON, cast.otto, "Three", minutes=21)
    write(draft, OTHER, cast.otto, "Four", minutes=22)
    assert [(step.who.split()[0], step.deed) for step in steps_of(draft)] == [
        ("Otto", Deed.EDITED),
        ("Otto", Deed.EDITED),
        ("Amara", Deed.EDITED),
        ("Amara", Deed.EDITED),
        ("Amara", Deed.BEGUN),
    ]


def test_two_authors_in_two_parts_do_not_hinder_each_other(cast, draft):
    write(draft, LESSON, cast.amara, "Hers.", base=1)
    write(draft, OTHER, cast.otto, "His.", base=1)
    assert [one.text for one in text_at(draft).modules[0].lessons] == ["Hers.", "His."]


def test_the_second_author_of_one_part_is_told_and_writes_over_nothing(cast, draft):
    write(draft, LESSON, cast.amara, "Hers.", base=1)
    with pytest.raises(ChangedMeanwhileError, match="Amara Quillfeather changed this") as raised:
        write(draft, LESSON, cast.otto, "His.", base=1)
    assert lesson_text(draft) == "Hers."
    write(draft, LESSON, cast.otto, "Both.", base=raised.value.number)
    assert lesson_text(draft) == "Both."


def test_what_another_author_removed_is_told(cast, draft):
    change(draft, LESSON, lambda now: remove(now, LESSON), By(cast.amara.id, NOW), deed=Deed.REMOVED)
    assert write(draft, LESSON, cast.otto, "His.", base=1) == 2
    assert len(text_at(draft).modules[0].lessons) == 1


def test_a_published_course_is_opened_as_it_was_published(cast):
    course = load_course(small_course(), NOW).course
    draft = draft_of_course(course, By(cast.petra.id, NOW))
    assert text_at(draft) == small_course()
    assert draft_of_course(course, By(cast.petra.id, NOW)) is draft
    assert draft.published_number == draft.last_number
    change(draft, COURSE, lambda now: put(now, COURSE, title="Large talk"), By(cast.petra.id, NOW))
    assert draft.title == "Large talk"
    db.session.commit()
