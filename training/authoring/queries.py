"""Reads of the editor: the drafts that somebody writes, who writes them, and what was done to one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from db import db
from people.models import Employee, Role, RoleGrant
from people.viewer import Viewer
from training.authoring.access import EDIT, drafts_in_scope
from training.authoring.models import CourseDraft, Deed, DraftAuthor, DraftRevision
from training.courses.version_models import CourseVersion
from training.models import Course, Lesson, Module, Question
from training.rules.authoring.places import Part, Place

MOST_STEPS = 200


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list. `is_changed` says whether it holds something that is not published."""

    id: int
    title: str
    changed_at: datetime
    changed_by: str
    published_at: datetime | None
    is_changed: bool


@dataclass(frozen=True)
class Step:
    """What one author did to one part without a long pause: its last revision, and the one before it."""

    number: int
    before: int | None
    who: str
    at: datetime
    deed: Deed
    part: str
    module: str
    name: str
    is_published: bool


@dataclass(frozen=True)
class LastRevision:
    """What the buttons of a draft can do."""

    can_undo: bool
    can_redo: bool


def draft_lines(viewer: Viewer) -> list[DraftLine]:
    """The drafts that somebody may write, the latest change first. One statement."""
    query = (
        select(CourseDraft, Employee.name)
        .join(Employee, Employee.id == CourseDraft.changed_by_id)
        .where(drafts_in_scope(viewer))
        .order_by(CourseDraft.changed_at.desc(), CourseDraft.id.desc())
    )
    return [
        DraftLine(
            draft.id,
            draft.title,
            draft.changed_at,
            name,
            draft.published_at,
            draft.published_number != draft.last_number,
        )
        for draft, name in db.session.execute(query)
    ]


def courses_without_draft(viewer: Viewer) -> list[tuple[str, str]]:
    """(slug, title) of the published courses that nobody is changing here; only for who may change all."""
    if not viewer.may_about_all(EDIT):
        return []
    there = exists().where(CourseDraft.course_id == Course.id)
    return [(row[0], row[1]) for row in db.session.execute(select(Course.slug, Course.title).where(~there))]


def authors_of(draft: CourseDraft) -> list[str]:
    """The names of who writes a draft."""
    query = select(Employee.name).join(DraftAuthor, DraftAuthor.employee_id == Employee.id)
    return list(db.session.scalars(query.where(DraftAuthor.draft_id == draft.id).order_by(Employee.name)))


def possible_authors(draft: CourseDraft, at: datetime) -> list[tuple[int, str]]:
    """(id, name) of the trainers and owners who do not write a draft yet."""
    live = exists().where(
        RoleGrant.employee_id == Employee.id,
        RoleGrant.role.in_((Role.TRAINER, Role.OWNER)),
        RoleGrant.starts_at <= at,
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at),
    )
    writes = exists().where(and_(DraftAuthor.draft_id == draft.id, DraftAuthor.employee_id == Employee.id))
    query = select(Employee.id, Employee.name).where(live, ~writes, Employee.deactivated_at.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Employee.name).limit(500))]


def steps_of(draft: CourseDraft) -> list[Step]:
    """What was done to a draft, the latest first; at most MOST_STEPS revisions back. One statement, without the texts.

    Revisions of one step lead back to the same one; only the last of them is shown.
    """
    columns = DraftRevision
    query = (
        select(columns.number, columns.undo_to, Employee.name, columns.at, columns.deed, columns.part,
               columns.module, columns.name)
        .join(Employee, Employee.id == DraftRevision.author_id)
        .where(DraftRevision.draft_id == draft.id)
        .order_by(DraftRevision.number.desc())
        .limit(MOST_STEPS)
    )  # fmt: skip
    steps: list[Step] = []
    later: int | None = -1
    for row in db.session.execute(query):
        deed = Deed(row[4])
        goes_on = deed is Deed.EDITED and bool(steps) and steps[-1].deed is Deed.EDITED and row[1] == later
        later = row[1]
        is_published = row[0] == draft.published_number
        if goes_on and not is_published:
            continue
        before = row[0] - 1 if deed in (Deed.UNDONE, Deed.REDONE) else row[1]
        steps.append(Step(row[0], before, row[2], row[3], deed, row[5], row[6], row[7], is_published))
    return steps


def last_revision(draft: CourseDraft) -> LastRevision:
    """What can be undone and redone from here. One statement, without the text."""
    query = select(DraftRevision.undo_to, DraftRevision.redo_to).where(
        DraftRevision.draft_id == draft.id, DraftRevision.number == draft.last_number
    )
    row = db.session.execute(query).one()
    return LastRevision(row.undo_to is not None, row.redo_to is not None)


def names_in_use(draft: CourseDraft, place: Place) -> set[str]:
    """Names that published modules, lessons or questions have or had: no new part may take over what was learnt there.

    Of modules for the course, else of the lessons or questions of the module that `place` names.
    """
    if draft.course_id is None:
        return set()
    if place.part is Part.COURSE:
        return set(db.session.scalars(select(Module.slug).where(Module.course_id == draft.course_id)))
    table = Lesson if place.part is Part.LESSON else Question
    query = select(table.slug).join(Module, Module.id == table.module_id)
    return set(db.session.scalars(query.where(Module.course_id == draft.course_id, Module.slug == place.module)))


def newest_digest(draft: CourseDraft) -> str | None:
    """The digest of the text that is published now of a draft's course; None where there is none."""
    query = select(CourseVersion.digest).where(CourseVersion.course_id == draft.course_id)
    return db.session.scalar(query.order_by(CourseVersion.number.desc()).limit(1))
