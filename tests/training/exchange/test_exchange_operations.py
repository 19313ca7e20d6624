"""Questions of other programs in the tables: new ones with versions, known ones once, pictures kept."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from db import db
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.every_kind import HOT_SPOT
from tests.support.every_kind import PICTURE as SHOP
from tests.support.every_kind import png as shop
from tests.training.rules.exchange.samples import png
from training.exchange.models import Picture, QuestionUpload
from training.exchange.operations import LARGEST_UPLOAD, can_be_asked, import_questions, keep_upload
from training.exchange.queries import asked_in, module_places
from training.models import Module, Question, QuestionVersion
from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.plain_form import plain_question
from training.rules.exchange.reading import read
from training.rules.exchange.results import Format
from training.rules.exchange.writing import write

GIFT = b"::Who helps::Who helps?{=The desk ~Me}\n\n::Numbers::How many?{#3}\n\n::Tell::What now?{}\n"
PICTURE = "pictures/drum.png"


@pytest.fixture
def module(school) -> Module:
    return db.session.get_one(Module, school.modules["answer"])


def asked_by(module: Module) -> list[str]:
    query = select(Question.slug).where(Question.module_id == module.id).order_by(Question.position)
    return list(db.session.scalars(query))


def test_new_questions_come_last_and_get_a_first_version(module):
    before = asked_by(module)
    done = import_questions(module, read(GIFT).questions, {}, at=NOW)
    assert (done.new, done.known) == (3, 0)
    assert asked_by(module) == [*before, "who-helps", "numbers", "tell"]
    numbers = select(QuestionVersion).join(Question).where(Question.slug == "numbers")
    version = db.session.scalars(numbers).one()
    assert (version.number, version.created_at, version.prompt) == (1, NOW, "<p>How many?</p>\n")


def test_importing_again_doubles_nothing_and_other_words_get_another_name(module):
    import_questions(module, read(GIFT).questions, {}, at=NOW)
    again = import_questions(module, read(GIFT.replace(b"How many?", b"How many now?")).questions, {}, at=NOW)
    assert (again.new, again.known) == (1, 2)
    assert asked_by(module)[-1] == "numbers-2"


def test_a_hot_spot_comes_with_its_picture_or_not_at_all(school, module):
    spot = QuestionText("spot", About.HOW, "Where do customers ask?", HOT_SPOT)
    assert can_be_asked(spot, {}) == "its picture did not come along"
    assert import_questions(module, [spot], {}, at=NOW).new == 0
    assert import_questions(module, [spot], {SHOP: shop()}, at=NOW).new == 1
    asked = asked_in(school.course_id, module.slug)
    assert asked.questions[-1].specification == HOT_SPOT
    assert asked.files == {SHOP: shop()}


def test_pictures_are_kept_once_under_an_address_made_of_their_content(module):
    for words in ("So?", "Or so?"):
        prompt = f"![A drum]({PICTURE}) {words}"
        question = QuestionText("drum", About.HOW, prompt, {"kind": "true_false", "right": True})
        import_questions(module, [question], {PICTURE: png()}, at=NOW)
    digest = sha256(png()).hexdigest()
    assert db.session.scalars(select(Picture.digest)).all() == [digest]
    prompt = db.session.scalars(select(QuestionVersion.prompt).order_by(QuestionVersion.id.desc()).limit(1)).one()
    assert f'src="/pictures/{digest}.png"' in prompt


@pytest.mark.parametrize("form", [Format.MOODLE_XML, Format.QTI, Format.CSV])
def test_a_module_comes_back_from_its_own_export(school, module, form):
    question = QuestionText(
        "drum",
        About.WHY,
        f"Look:\n\n![A drum]({PICTURE})\n\n- one\n- *two* & three",
        {"kind": "true_false", "right": True, "feedback_true": "Yes."},
        topic="Drums",
        weight=2.0,
        explanation="Because **so**.",
    )
    import_questions(module, [question], {PICTURE: png()}, at=NOW)
    asked = asked_in(school.course_id, module.slug)
    written = write(asked.questions, form, asked.files)
    back = read(written.data)
    assert back.questions == written.carried
    assert back.questions[-1] == plain_question(question)
    if form is not Format.CSV:
        assert back.files == {PICTURE: png()}
        done = import_questions(module, back.questions, back.files, at=NOW)
        assert (done.new, done.known) == (0, len(back.questions))


def test_every_question_of_a_course_can_be_taken_along(school, statements):
    with statements() as sent:
        asked = asked_in(school.course_id)
    assert len(sent) <= 2, str(sent)
    number = select(func.count(Question.id)).join(Module).where(Module.course_id == school.course_id)
    assert len(asked.questions) == db.session.scalar(number)
    assert write(asked.questions, Format.CSV, asked.files).problems == ()
    assert sum(place.questions for place in module_places()) == len(asked.questions)


def test_a_file_is_kept_for_its_preview_and_no_longer(cast):
    first = keep_upload("a.txt", b"x", actor_id=cast.petra.id, at=NOW)
    keep_upload("b.txt", b"y", actor_id=cast.rafa.id, at=NOW)
    later = keep_upload("c\n.txt", b"z", actor_id=cast.petra.id, at=NOW + timedelta(hours=1))
    kept = {row.name for row in db.session.scalars(select(QuestionUpload))}
    assert (first.id, kept) == (first.id, {"b.txt", "c.txt"})
    keep_upload("d.txt", b"z", actor_id=cast.petra.id, at=NOW + timedelta(days=2))
    assert {row.name for row in db.session.scalars(select(QuestionUpload))} == {"d.txt"}
    assert later.created_at > first.created_at


@pytest.mark.parametrize("data", [b"", b"x" * (LARGEST_UPLOAD + 1)])
def test_a_file_that_is_empty_or_too_large_is_refused(cast, data):
    with pytest.raises(RefusedError):
        keep_upload("a.txt", data, actor_id=cast.petra.id, at=NOW)
    assert db.session.scalar(select(func.count(QuestionUpload.id))) == 0
