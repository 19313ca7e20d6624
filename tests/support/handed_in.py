"""Work as people hand it in, for tests: files, and answers that a person grades."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image
from sqlalchemy import select

from db import db
from tests.support.cast import NOW, Person
from tests.support.learning import School, read_lessons
from training.attempts import operations as attempt_operations
from training.attempts.operations import SentAnswer
from training.enrolment_models import Attempt
from training.files.media import ALL_ENDINGS
from training.files.models import Shelf, StoredFile
from training.files.operations import store
from training.grading.answer_files import named
from training.grading.models import AnswerFile, AnswerToGrade
from training.models import Module, Question, QuestionVersion

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
    """Let the quiz of a module ask these questions alone."""
    for question in db.session.scalars(select(Question).where(Question.module_id == module_id)):
        question.retired_at = NOW
    for place, specification in enumerate(specifications, 1):
        question = Question(module_id=module_id, slug=f"by-hand-{place}", position=place)
        db.session.add(question)
        db.session.flush()
        words = {"about": "how", "topic": "one voice", "prompt": "<p>Answer Maria.</p>", "explanation": ""}
        kept = {"kind": specification["kind"], "specification": dict(specification), "weight": 1.0}
        db.session.add(QuestionVersion(question_id=question.id, number=1, created_at=NOW, **words, **kept))
    db.session.flush()


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
