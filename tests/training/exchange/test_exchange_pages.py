"""The pages and commands for questions of other programs."""

from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import func, select

from db import db
from tests.training.rules.exchange.samples import png
from training.exchange.models import QuestionUpload
from training.models import Question
from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.moodle.writer import write_moodle
from training.rules.exchange.reading import read

GIFT = b"::Who helps::Who helps?{=The desk ~Me}\n\n::Open::Never closed {=a\n\n::Numbers::How many?{#=3#Yes =%50%4}\n"


@pytest.fixture
def petra(cast, school, client_of):
    return client_of(cast.petra)


def hand_in(client, data: bytes = GIFT, name: str = "bank.txt"):
    return client.post("/questions", data={"file": (BytesIO(data), name)}, content_type="multipart/form-data")


def questions() -> int:
    return db.session.scalar(select(func.count(Question.id)))


def upload_id() -> int:
    return db.session.scalars(select(QuestionUpload.id)).one()


def test_the_overview_counts_what_is_asked_and_leads_to_the_export(petra, statements):
    with statements() as sent:
        text = petra.get("/questions").text
    assert len(sent) <= 12, str(sent)
    assert "questions are asked in two modules" in text or "questions are asked in 2 modules" in text
    assert "/questions/export/small-talk" in text


def test_many_questions_are_imported_in_as_many_statements_as_one(petra, school, statements):
    module, numbers = str(school.modules["answer"]), []
    for first, last in ((0, 1), (1, 60)):
        asked = "".join(f"::Question {one}:: Is {one} a number?{{T}}\n\n" for one in range(first, last))
        address = hand_in(petra, asked.encode()).location
        with statements() as sent:
            petra.post(address, data={"module": module, "about": "why"})
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 24


def test_a_file_is_shown_before_anything_is_written(petra):
    before = questions()
    answer = hand_in(petra)
    assert answer.status_code == 302
    text = petra.get(answer.location).text
    assert (
        "2 questions are understood, one is not" in text or "two questions are understood, one is not" in text.lower()
    )
    assert "A “}” is missing." in text
    assert "now part of the explanation" in text
    assert "The desk" in text
    assert questions() == before


def test_the_rest_is_imported_at_once_and_the_file_is_forgotten(petra, school):
    before, address = questions(), hand_in(petra).location
    answer = petra.post(address, data={"module": str(school.modules["answer"]), "about": "why"})
    assert answer.location == "/courses/small-talk"
    assert questions() == before + 2
    assert db.session.scalar(select(func.count(QuestionUpload.id))) == 0
    assert petra.get(address).status_code == 404


def test_a_preview_needs_few_statements_however_many_questions(petra, statements):
    data = b"\n\n".join(b"Is %d so?{T}" % number for number in range(400))
    address = hand_in(petra, data).location
    with statements() as sent:
        text = petra.get(address).text
    assert len(sent) <= 12, str(sent)
    assert "And 100 more." in text


def test_an_import_without_a_module_changes_nothing_and_says_so(petra):
    before, address = questions(), hand_in(petra).location
    for module in ("", "987654", "x"):
        answer = petra.post(address, data={"module": module, "about": "how"})
        assert answer.status_code == 422
    assert "Choose the module" in petra.post(address, data={"about": "how"}).text
    assert questions() == before


def test_no_file_and_an_empty_one_are_refused(petra):
    assert petra.post("/questions", data={}).status_code == 422
    answer = hand_in(petra, b"")
    assert answer.status_code == 422
    assert "The file is empty." in answer.text


def test_a_file_that_holds_nothing_says_why(petra):
    text = petra.get(hand_in(petra, b"Just a note.").location).text
    assert "No question of this file can be asked here." in text
    assert "No questions are found in this text." in text


def test_a_file_can_be_put_away(petra):
    hand_in(petra)
    petra.post(f"/questions/uploads/{upload_id()}/discard")
    assert db.session.scalar(select(func.count(QuestionUpload.id))) == 0


def test_nobody_sees_the_file_of_somebody_else(cast, petra, client_of):
    address = hand_in(petra).location
    for person in (cast.ben, cast.amara, cast.dev):
        assert client_of(person).get(address).status_code == 403
    assert client_of(cast.ben).get("/questions").status_code == 403


def test_pictures_are_shown_to_whoever_learns(petra, cast, school, client_of):
    text = QuestionText("drum", About.HOW, "![A drum](pictures/drum.png)", {"kind": "true_false", "right": True})
    data = write_moodle([text], {"pictures/drum.png": png()}).data
    petra.post(hand_in(petra, data).location, data={"module": str(school.modules["answer"]), "about": "how"})
    file = petra.get("/questions/export/small-talk/moodle-xml?module=answer")
    assert read(file.data).files == {"pictures/drum.png": png()}

    answer = client_of(cast.ben).get(f"/pictures/{sha256(png()).hexdigest()}.png")
    assert (answer.data, answer.mimetype) == (png(), "image/png")
    assert client_of(cast.ben).get("/pictures/nothing.png").status_code == 404


def test_the_export_says_what_a_format_cannot_hold(petra, statements):
    with statements() as sent:
        text = petra.get("/questions/export/small-talk").text
    assert len(sent) <= 12, str(sent)
    assert "CSV" in text
    assert "GIFT has no kind of question like “Ordering”." in text
    assert petra.get("/questions/export/no-such").status_code == 404
    assert petra.get("/questions/export/small-talk?module=no-such").status_code == 404


@pytest.mark.parametrize("form", ["gift", "moodle-xml", "qti", "csv"])
def test_a_download_can_be_read_again(petra, form):
    answer = petra.get(f"/questions/export/small-talk/{form}")
    assert "attachment; filename=small-talk." in answer.headers["Content-Disposition"]
    back = read(answer.data)
    assert back.questions
    assert back.problems == ()


def test_a_format_that_is_only_read_is_not_written(petra):
    assert petra.get("/questions/export/small-talk/aiken").status_code == 404


def test_the_commands_import_and_export(cli, school, tmp_path):
    file, out = tmp_path / "bank.txt", tmp_path / "out.csv"
    file.write_bytes(GIFT)
    before = questions()
    checked = cli.invoke(args=["training", "questions", "import", str(file), "small-talk", "answer", "--check"])
    assert "2 questions understood, 1 not. Nothing was changed." in checked.output
    assert questions() == before
    done = cli.invoke(args=["training", "questions", "import", str(file), "small-talk", "answer", "--about", "why"])
    assert "2 are new" in done.output
    assert "left out: 3: “Open”" in done.output
    taken = cli.invoke(args=["training", "questions", "export", "small-talk", "--format", "csv", "--out", str(out)])
    assert f"{before + 2} of {before + 2} questions are in out.csv." in taken.output
    assert len(read(out.read_bytes()).questions) == before + 2


@pytest.mark.parametrize(
    "words",
    [
        ["import", "FILE", "small-talk", "no-such"],
        ["import", "EMPTY", "small-talk", "answer"],
        ["export", "no-such", "--format", "csv", "--out", "OUT"],
    ],
)
def test_the_commands_say_what_stands_in_the_way(cli, school, tmp_path, words):
    for name, data in (("FILE", GIFT), ("EMPTY", b"Just a note.")):
        (tmp_path / name).write_bytes(data)
    named = [str(tmp_path / word) if word.isupper() else word for word in words]
    answer = cli.invoke(args=["training", "questions", *named])
    assert answer.exit_code == 1
    assert "Error: " in answer.output
