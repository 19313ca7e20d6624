"""What is said under a lesson: told to those concerned, changed within an hour, reported, hidden, shown."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from messages.models import Message
from people.auditing import audit
from people.auditing.models import AuditEntry
from tests.support.cast import NOW
from tests.support.discussions import answer_of, place_of, question_of
from training.discussions import operations, queries
from training.discussions.access import CHANGED_WITHIN
from training.discussions.models import EarlierWording, Report
from training.discussions.operations import TooLateError


def told(person):
    query = select(Message.subject).where(Message.employee_id == person.id).order_by(Message.id)
    return db.session.scalars(query).all()


def thread(question):
    return queries.thread_page(question, 1)


def test_the_trainer_of_who_asks_is_told(cast, school):
    question_of(school, cast.ben)
    assert told(cast.amara) == [f"{cast.ben.name} asks under “How to {next(iter(school.lessons))}”"]
    assert told(cast.otto) == told(cast.ben) == []


def test_who_asked_and_who_is_named_are_told_once_each(cast, school):
    question = question_of(school, cast.ben)
    named = {cast.ben.id, cast.carla.id, cast.tomas.id}
    place = place_of(school)
    said = {"author_id": cast.tomas.id, "name": cast.tomas.name, "at": NOW}
    row = operations.say(place, "Ask her.", question=question, mentions=named, **said)
    assert [len(told(person)) for person in (cast.ben, cast.carla, cast.tomas)] == [1, 1, 0]
    assert "mentions you" in told(cast.ben)[0]
    shown = thread(question)[1].rows[0]
    assert (shown.row.id, list(shown.mentions)) == (row.id, [cast.ben.name, cast.carla.name])


def test_a_trainers_answer_is_marked_and_stands_first(cast, school):
    question = question_of(school, cast.ben)
    answer_of(school, cast.carla, question, "First in time.")
    answer_of(school, cast.amara, question, "From a trainer.", moderates=True)
    rows = thread(question)[1].rows
    assert [(one.row.text, one.row.as_trainer) for one in rows] == [
        ("From a trainer.", True),
        ("First in time.", False),
    ]


def test_words_become_clean_html(cast, school):
    row = question_of(school, cast.ben, "*Yes* <script>alert(1)</script> ![x](https://tracker.example/a.png)")
    assert "<em>Yes</em>" in row.html
    assert "<script" not in row.html
    assert "<img" not in row.html


def test_an_edit_keeps_and_shows_the_wording_before(cast, school):
    row = question_of(school, cast.ben, "Frist")
    operations.edit(row, "First", NOW + timedelta(minutes=5))
    operations.edit(row, "First", NOW + timedelta(minutes=6))
    said, _ = thread(row)
    assert (said.row.text, [one.text for one in said.earlier]) == ("First", ["Frist"])
    assert row.edited_at == NOW + timedelta(minutes=5)


def test_a_deletion_leaves_a_line_and_no_words(cast, school):
    row = question_of(school, cast.ben, "Her name is Maria.")
    operations.edit(row, "Her name is secret.", NOW)
    operations.delete(row, NOW)
    assert (row.text, row.html) == ("", "")
    assert db.session.scalars(select(EarlierWording)).all() == []
    with pytest.raises(TooLateError):
        operations.edit(row, "Again", NOW)


def test_after_an_hour_words_stay(cast, school):
    row = question_of(school, cast.ben)
    for change in (lambda at: operations.edit(row, "Other", at), lambda at: operations.delete(row, at)):
        with pytest.raises(TooLateError):
            change(NOW + CHANGED_WITHIN + timedelta(seconds=1))
    assert row.text == "What if she is angry?"


def test_a_report_is_made_once_a_person_and_settled_by_a_decision(cast, school):
    row = question_of(school, cast.ben)
    for _ in range(2):
        operations.report(row, "Names a customer", reporter_id=cast.carla.id, at=NOW)
    assert [one.settled_at for one in db.session.scalars(select(Report))] == [None]
    operations.hide(row, "It names a customer.", by_id=cast.amara.id, at=NOW)
    assert (row.hidden_by_id, row.hidden_reason) == (cast.amara.id, "It names a customer.")
    with pytest.raises(TooLateError):
        operations.edit(row, "Other", NOW)
    operations.show(row, by_id=cast.petra.id, at=NOW)
    assert row.hidden_at is None
    assert [one.settled_at for one in db.session.scalars(select(Report))] == [NOW]
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs[-2:] == [audit.Verb.CONTRIBUTION_HIDDEN, audit.Verb.CONTRIBUTION_SHOWN]


def test_only_members_of_the_course_can_be_named_and_words_find_them(cast, school):
    assert queries.members_among(school.course_id, [cast.carla.id, cast.amara.id, cast.rafa.id]) == {
        cast.carla.id: cast.carla.name,
        cast.amara.id: cast.amara.name,
    }
    found = queries.people_to_name(school.course_id, cast.ben.id, None, "winder")
    assert found == [(cast.carla.id, cast.carla.name)]
    assert queries.people_to_name(school.course_id, cast.ben.id, None, "") == [(cast.amara.id, cast.amara.name)]
    assert queries.people_to_name(school.course_id, cast.ben.id, None, "%") == []


def test_under_a_lesson_stand_the_newest_questions_that_can_be_read(cast, school):
    rows = [question_of(school, cast.ben, f"Number {place}", NOW + timedelta(minutes=place)) for place in range(4)]
    operations.hide(rows[3], "Not here.", by_id=cast.amara.id, at=NOW)
    answer_of(school, cast.carla, rows[2])
    asked, total = queries.under_lesson(rows[0].lesson_id)
    assert (total, [one.said.row.text for one in asked]) == (3, ["Number 2", "Number 1"])
    assert [one.total for one in asked] == [1, 0]
