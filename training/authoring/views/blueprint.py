"""The blueprint of the editor, and what all its pages share."""

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from db import utcnow
from training.authoring.access import EDIT, access_draft
from training.authoring.models import CourseDraft
from training.authoring.operations import By, text_at
from training.rules.authoring.places import COURSE, Part, Place, head_of
from training.rules.course_files.course_text import CourseText

blueprint = Blueprint("authoring", __name__, url_prefix="/write")

__all__ = ["EDIT", "blueprint", "by", "opened", "part_in", "place_at"]


def by() -> By:
    """Who acts, and when."""
    return By(current_user.id, utcnow())


def opened(draft_id: int, *, lock: bool = False) -> tuple[CourseDraft, CourseText]:
    """A draft that the viewer may write, with what it says; else 404."""
    draft = access_draft(current_user, draft_id, lock=lock)
    return draft, text_at(draft)


def place_at(text: CourseText, module: str = "", lesson: str = "", question: str = "") -> Place:
    """The part that an address names; 404 where there is none."""
    place = COURSE
    if module:
        place = Place(Part.MODULE, module)
    if lesson:
        place = Place(Part.LESSON, module, lesson)
    if question:
        place = Place(Part.QUESTION, module, question)
    if head_of(text, place) is None:
        abort(404)
    return place


def part_in(form: Any) -> Place:
    """The part that a button names, "lesson/listen/hear"; 400 where it names none."""
    part, _, rest = str(form.get("part", "")).partition("/")
    module, _, name = rest.partition("/")
    if part not in list(Part) or request.method != "POST":
        abort(400)
    return Place(Part(part), module, name)
