"""Drafts for tests: amara writes one, otto another."""

from db import db
from tests.support.cast import NOW, Cast, Person
from tests.support.small_course import small_course
from training.authoring.models import CourseDraft
from training.authoring.operations import By, begin_draft


def draft_by(author: Person, title: str = "Closing a talk") -> CourseDraft:
    """A draft with the small course in it, under its own title; commit."""
    text = small_course()
    draft = begin_draft(type(text)(**{**vars(text), "slug": "", "title": title}), By(author.id, NOW))
    db.session.commit()
    return draft


def two_drafts(cast: Cast) -> dict[str, int]:
    """By learner, the draft that the learner's trainer writes."""
    return {"ben": draft_by(cast.amara).id, "carla": draft_by(cast.otto, "Beginning a talk").id}
