"""What a run needs: a course, learners in it, and their sign-ins. Everything is made up."""

import secrets
from dataclasses import dataclass

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from db import db, utcnow
from people.models import Employee
from people.sign_in.operations import begin_session
from training.courses.loading import load_course
from training.learning.enrolment_operations import enrol
from training.rules.course_files.course_text import About, Audience, CourseText, LessonText, ModuleText, QuestionText

SLUG, MODULE = "protocol", "numbers"
QUESTIONS = 10


@dataclass(frozen=True)
class SignedIn:
    """A learner who is signed in: the cookie and the form token that the browser sends."""

    employee_id: int
    cookie: str
    form_token: str


def course_text() -> CourseText:
    """One module without lessons and with so many questions for a number: the answer to question n is n."""
    questions = tuple(
        QuestionText(f"q-{place}", About.HOW, f"What is {place}?", {"kind": "numeric", "right": place})
        for place in range(1, QUESTIONS + 1)
    )
    lessons: tuple[LessonText, ...] = ()
    module = ModuleText(MODULE, "Numbers", "count", 10, None, "", lessons, questions)
    return CourseText(SLUG, "Protocol", "For the protocol runs.", "en", Audience.EVERYONE, 0.7, "", (module,))


def make_world(app: Flask, learners: int) -> list[SignedIn]:
    """Load the course and sign in so many new learners; commits."""
    now = utcnow()
    course = load_course(course_text(), now).course
    first = (db.session.scalar(select(func.max(Employee.id))) or 0) + 1
    people = [
        Employee(external_id=f"protocol-{number}", name=f"Learner {number}", created_at=now)
        for number in range(first, first + learners)
    ]
    db.session.add_all(people)
    db.session.flush()
    enrol([person.id for person in people], course_id=course.id, due_on=None, at=now)
    signed_in = [sign_in_for_runs(app, person) for person in people]
    db.session.commit()
    return signed_in


def sign_in_for_runs(app: Flask, person: Employee) -> SignedIn:
    """Begin a sign-in session without the cost of checking a password; commits nothing."""
    token = begin_session(person, at=utcnow(), hours=12, browser="protocol")
    form_secret = secrets.token_hex(20)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    content = {"_user_id": token, "_fresh": True, "csrf_token": form_secret}
    cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(content)}"
    form_token = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(form_secret)
    return SignedIn(person.id, cookie, str(form_token))
