"""Two questions after a module: asked once, skippable, answered by both sides, shown from five answers on."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import bulk_insert, db, table_of, utcnow
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.learning import assign, take
from training.feedback.models import ModuleFeedback, Reply, Side
from training.feedback.operations import answer
from training.feedback.queries import about_trainer, by_module, by_trainer, questions_for
from training.models import Module


@pytest.fixture
def finished(cast, school):
    """Ben has just passed the first module, as pages see the clock."""
    take(school.enrolment(cast.ben), school.modules["listen"], at=utcnow() - timedelta(hours=1))
    db.session.commit()
    return school


def asked(person, at=None):
    return [(one.module_id, one.side) for one in questions_for(person.id, at or utcnow())]


def say(school, person, side, helped, worth_it, at=NOW, trainer_id=None):
    enrolment = school.enrolment(person)
    answer(enrolment, school.modules["listen"], side, trainer_id=trainer_id, helped=helped, worth_it=worth_it, at=at)


def many_answers(school, module_id, trainer_id, replies, without=()):
    """Answers of other enrolments: as many as there are replies."""
    enrolments = list(school.enrolments.values())
    modules = [module_id, *[one for one in db.session.scalars(select(Module.id)) if one != module_id]]
    keys = [(enrolment, module) for module in modules for enrolment in enrolments]
    keys = [key for key in keys if key not in without]
    rows = [
        {
            "enrolment_id": key[0],
            "module_id": key[1],
            "side": Side.LEARNER,
            "trainer_id": trainer_id,
            "helped": reply,
            "worth_it": reply,
            "at": NOW + timedelta(minutes=number),
        }
        for number, (key, reply) in enumerate(zip(keys, replies, strict=False))
    ]
    assert len(rows) == len(replies)
    bulk_insert(table_of(ModuleFeedback), rows)


def test_both_sides_are_asked_once_a_finished_module(cast, finished):
    module = finished.modules["listen"]
    assert asked(cast.ben) == [(module, Side.LEARNER)]
    assert asked(cast.amara) == [(module, Side.TRAINER)]
    assert asked(cast.otto) == asked(cast.carla) == []
    say(finished, cast.ben, Side.LEARNER, Reply.YES, Reply.NO)
    assert (asked(cast.ben), asked(cast.amara)) == ([], [(module, Side.TRAINER)])


def test_passing_by_is_not_asked_again_and_counts_nowhere(cast, finished):
    say(finished, cast.ben, Side.LEARNER, None, None, trainer_id=cast.amara.id)
    assert asked(cast.ben) == []
    assert about_trainer(cast.amara.id) is None


def test_what_is_a_month_old_is_not_asked_any_more(cast, finished):
    assert asked(cast.ben, utcnow() + timedelta(days=31)) == []


def test_a_second_answer_is_dropped(cast, finished):
    say(finished, cast.ben, Side.LEARNER, Reply.YES, Reply.YES)
    say(finished, cast.ben, Side.LEARNER, Reply.NO, Reply.NO)
    assert db.session.scalars(select(ModuleFeedback.helped)).all() == ["yes"]


def test_one_answer_of_two_or_about_an_unfinished_module_is_refused(cast, finished):
    with pytest.raises(RefusedError, match="Answer both"):
        say(finished, cast.ben, Side.LEARNER, Reply.YES, None)
    with pytest.raises(RefusedError, match="not finished yet"):
        say(finished, cast.carla, Side.LEARNER, Reply.YES, Reply.YES)


def test_the_database_refuses_half_an_answer(cast, finished):
    half = {"enrolment_id": finished.enrolment(cast.ben).id, "module_id": finished.modules["listen"]}
    db.session.add(ModuleFeedback(**half, side=Side.LEARNER, helped=Reply.YES, worth_it=None, at=NOW))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_nothing_is_shown_until_five_and_then_in_steps_of_five(cast, school):
    modules = len(db.session.scalars(select(Module.id)).all())
    assert modules * 3 >= 6
    replies = [Reply.YES, Reply.YES, Reply.PARTLY, Reply.NO]
    many_answers(school, school.modules["listen"], cast.amara.id, replies)
    assert (about_trainer(cast.amara.id), by_trainer(), by_module(Side.LEARNER)) == (None, [], [])
    db.session.query(ModuleFeedback).delete()
    many_answers(school, school.modules["listen"], cast.amara.id, [*replies, Reply.YES, Reply.NO])
    result = about_trainer(cast.amara.id)
    assert (result.number, result.helped, result.helped_partly, result.worth_it) == (5, 3, 1, 3)  # not yet the sixth
    assert [(one.name, one.number) for one in by_trainer()] == [("Amara Quillfeather", 5)]
    assert about_trainer(cast.otto.id) is None


def test_the_pages_ask_and_thank(cast, finished, client_of):
    ben, module = client_of(cast.ben), finished.modules["listen"]
    where = f"/feedback/{finished.enrolments[cast.ben.id]}/{module}"
    assert "two short questions" in ben.get("/portal").text
    assert "Two questions about one finished module." in ben.get("/feedback").text
    ben.post(where, data={"helped": "yes"})
    assert "Answer both questions, or pass them by." in ben.get("/feedback").text
    ben.post(where, data={"helped": "yes", "worth_it": "partly"})
    row = db.session.scalars(select(ModuleFeedback)).one()
    assert (row.helped, row.worth_it, row.side, row.trainer_id) == ("yes", "partly", "learner", cast.amara.id)
    amara = client_of(cast.amara)
    assert "doing it better now?" in amara.get("/feedback").text
    amara.post(where, data={"deed": "skip"})
    assert "Nothing is asked of you." in amara.get("/feedback").text
    for other in (cast.otto, cast.carla, cast.petra, cast.dev):
        assert client_of(other).post(where, data={"helped": "no", "worth_it": "no"}).status_code == 404


def test_the_portal_and_the_trainers_page_keep_their_budget(cast, finished, client_of, statements):
    for person, path in ((cast.ben, "/portal"), (cast.amara, "/learners"), (cast.amara, "/feedback")):
        assign_more = client_of(person)
        with statements() as sent:
            assert assign_more.get(path).status_code == 200
        assert len(sent) <= 12, str(sent)


def test_the_pages_hold_in_the_browser(cast, finished, page, sign_in, check_page, shot):
    assign(cast.amara, cast.tomas, finished.course_id)
    own = (finished.enrolments[cast.ben.id], finished.modules["listen"])
    replies = [Reply.YES, Reply.YES, Reply.PARTLY, Reply.NO, Reply.YES]
    many_answers(finished, finished.modules["answer"], cast.amara.id, replies, without=[own])
    db.session.commit()
    for person, path, name in (
        (cast.ben, "/portal", "portal-meetings"),
        (cast.ben, "/feedback", "feedback"),
        (cast.amara, "/learners", "learners-meetings"),
        (cast.amara, "/feedback/results", "results-trainer"),
        (cast.petra, "/feedback/results", "results-owner"),
    ):
        sign_in(page, person)
        page.goto(path)
        check_page(page)
        shot(page, name)
