"""The door to drafts: who writes them, and owners, who may open every one."""

from flask import abort
from sqlalchemy import ColumnElement, exists, select, true

from db import db
from people.permissions import Permission
from people.viewer import Viewer
from training.authoring.models import CourseDraft, DraftAuthor

EDIT = Permission.TRAINING_COURSE_EDIT


def drafts_in_scope(viewer: Viewer) -> ColumnElement[bool]:
    """A criterion on CourseDraft: those that `viewer` writes, or all."""
    if viewer.may_about_all(EDIT):
        return true()
    mine = exists().where(DraftAuthor.draft_id == CourseDraft.id, DraftAuthor.employee_id == viewer.id)
    return mine.correlate(CourseDraft)


def access_draft(viewer: Viewer, draft_id: int, *, lock: bool = False) -> CourseDraft:
    """A draft that `viewer` may write, locked where it will be changed; else 404."""
    query = select(CourseDraft).where(CourseDraft.id == draft_id, drafts_in_scope(viewer))
    if lock:
        query = query.with_for_update()
    return db.session.scalars(query).one_or_none() or abort(404)
