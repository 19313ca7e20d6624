"""Publish a draft: it becomes the newest version of its course, by the rules of course files. Nothing here commits."""

from sqlalchemy import select

from db import db
from people.refusal import RefusedError
from training.authoring.models import CourseDraft
from training.authoring.operations import By, text_at
from training.authoring.pictures import pictures_of
from training.courses.loading import CourseNotLoadedError, Publication, load_course
from training.courses.version_models import MoveRule
from training.models import Course
from training.rules.authoring.checking import faults_of

LONGEST_NOTE = 500


def publish(draft: CourseDraft, rule: MoveRule, note: str, by: By) -> Course:
    """Make what the draft says the newest version of its course. `draft` must be locked.

    Raises RefusedError if something in it is to be mended, or another course has its name.
    """
    text = text_at(draft)
    faults = faults_of(text, pictures_of(text))
    if faults:
        raise RefusedError(f"{len(faults)} things are to be mended first.")
    there = db.session.scalars(select(Course.id).where(Course.slug == text.slug)).one_or_none()
    if there is not None and there != draft.course_id:
        raise RefusedError(f"There is a course “{text.slug}” already, loaded from files. Begin with another title.")
    try:
        done = load_course(text, by.at, Publication(by.actor_id, rule, note[:LONGEST_NOTE]))
    except CourseNotLoadedError as error:
        raise RefusedError(str(error)) from error
    draft.course_id, draft.published_number, draft.published_at = done.course.id, draft.last_number, by.at
    db.session.flush()
    return done.course
