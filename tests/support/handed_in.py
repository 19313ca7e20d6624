"""Work as people hand it in, for tests: files, and answers that a person grades."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PIL import Image
from sqlalchemy import select

from db import db
from tests.support.cast import NOW, Person
from tests.support.learning import School, read_lessons
from tests.support.small_course import small_course
from training.attempts import operations as attempt_operations
from training.attempts.operations import SentAnswer
from training.courses.loading import load_course
from training.enrolment_models import Attempt
from training.files.media import ALL_ENDINGS
from training.files.models import Shelf, StoredFile
from training.files.operations import store
from training.grading.answer_files import named
from training.grading.models import AnswerFile, AnswerToGrade
from training.models import Module
from training.rules.course_files.course_text import About, QuestionText

RUBRIC = [
    {
        "criterion": "Says what comes next",
        "levels": [
            {"text": "By when and by whom", "mark": 2},
            {"text": "That something comes", "mark": 1},
            {"text": "Nothing", "mark": 0},
        ],
    },
    {"criterion": "Own words", "levels": [{"text": "Yes", "mark": 1}, {"text": "No", "mark": 0}]},
]
LONG_TEXT = {"kind": "long_text", "rubric": RUBRIC, "example": "Dear Maria, by Friday I will know."}
FILE_UPLOAD = {"kind": "file_upload", "rubric": RUBRIC, "endings": ["txt", "png", "jpg"], "most_files": 2}


def handed_in(
    person: Person, content: bytes = b"Dear Maria, ...", name: str = "reply.txt", shelf: Shelf = Shelf.ANSWER
) -> StoredFile:
    """A file that somebody has handed in."""
    return store(io.BytesIO(content), name, ALL_ENDINGS, NOW, shelf=shelf, owner_id=person.id)


def picture(form: str = "PNG", size: tuple[int, int] = (8, 6), mode: str = "RGB", **extra: Any) -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(target, form, **extra)
    return target.getvalue()


def ask_by_hand(module_id: int, *specifications: Mapping[str, Any]) -> None:
    """Let the quiz of a module of the small course ask these questions alone, for everybody who is in it."""
    slug, course = db.session.get_one(Module, module_id).slug, small_course()
    asked = tuple(
        QuestionText(f"by-hand-{place}", About.HOW, "Answer Maria.", dict(one), "one voice")
        for place, one in enumerate(specifications, 1)
    )
    modules = tuple(replace(one, questions=asked) if one.slug == slug else one for one in course.modules)
    load_course(replace(course, modules=modules), NOW)


def sit(school: School, person: Person, module: str, *answers: Mapping[str, Any]) -> Attempt:
    """Sit the quiz of a module, answer its questions in order, and finish."""
    enrolment = school.enrolment(person)
    read_lessons(enrolment, module)
    attempt = attempt_operations.start(enrolment, school.modules[module], NOW)
    for position, answer in enumerate(answers, 1):
        attempt_operations.save(attempt, position, SentAnswer(dict(answer)), NOW)
    attempt_operations.finish(attempt, enrolment, NOW)
    return attempt


def waiting_answers(attempt: Attempt) -> list[AnswerToGrade]:
    """The answers of an attempt that are, or were, to be graded, in order."""
    query = select(AnswerToGrade).where(AnswerToGrade.attempt_id == attempt.id).order_by(AnswerToGrade.position)
    return list(db.session.scalars(query))


def answers_to_grade(school: School, people: Mapping[str, Person]) -> dict[str, dict[str, Any]]:
    """For the matrix: a text and a file that each of these people handed in, by the parameter that names it."""
    module = db.session.scalars(select(Module).where(Module.course_id == school.course_id, Module.position == 2)).one()
    ask_by_hand(module.id, LONG_TEXT, FILE_UPLOAD)
    found: dict[str, dict[str, Any]] = {"answer_id": {}, "file_id": {}}
    for name, person in people.items():
        file = handed_in(person)
        attempt = sit(school, person, module.slug, {"written": "By Friday."}, {"files": [named(file)]})
        db.session.add(AnswerFile(file_id=file.id, attempt_id=attempt.id, position=2))
        found["answer_id"][name] = waiting_answers(attempt)[0].id
        found["file_id"][name] = file.id
    db.session.flush()
    return found
