"""Drafts: begin, change, undo, redo, share. Every change is one more revision. Nothing here commits.

Whoever changes a draft has it locked (`access_draft` does that). Two authors may write at once: a change to a part that
somebody else changed since the author opened it is refused, and whoever wrote it still has it on the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from db import db
from people.models import Employee
from people.refusal import RefusedError
from training.authoring.models import CourseDraft, Deed, DraftAuthor, DraftRevision
from training.courses.kept_text import packed, unpacked
from training.courses.version_models import CourseVersion
from training.models import Course
from training.rules.authoring.editing import slug_from
from training.rules.authoring.places import Part, Place, head_of
from training.rules.course_files.course_text import CourseText

ONE_STEP = timedelta(minutes=5)
"""What one author goes on changing in one part is one step for undo, as long as no pause is longer than this."""
LONGEST_TITLE = 500


@dataclass(frozen=True)
class By:
    """Who changes something, and when."""

    actor_id: int
    at: datetime


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed the same part since it was opened. `number` is the revision as it stands now."""

    def __init__(self, who: str, at: datetime, number: int) -> None:
        super().__init__(f"{who} changed this while you were writing.")
        self.who, self.at, self.number = who, at, number


def begin_draft(text: CourseText, by: By, deed: Deed = Deed.BEGUN) -> CourseDraft:
    """A new draft with this text, under a name that no course and no other draft has; the actor writes it."""
    taken = [*db.session.scalars(select(Course.slug)), *db.session.scalars(select(CourseDraft.slug))]
    slug = slug_from(text.slug or text.title, taken, "course")
    return _begin(CourseText(**{**vars(text), "slug": slug}), None, by, deed)


def draft_of_course(course: Course, by: By) -> CourseDraft:
    """The draft of a published course; a new one that holds what was published last if there is none yet.

    Raises RefusedError for a course of before there were versions: loading its files once more makes one.
    """
    draft = db.session.scalars(select(CourseDraft).where(CourseDraft.course_id == course.id)).one_or_none()
    if draft is not None:
        return draft
    query = select(CourseVersion.content).where(CourseVersion.course_id == course.id)
    content = db.session.scalar(query.order_by(CourseVersion.number.desc()).limit(1))
    if content is None:
        raise RefusedError("No text of this course is kept. Load its files once more, then it can be changed here.")
    draft = _begin(unpacked(content), course.id, by, Deed.BEGUN)
    draft.published_number, draft.published_at = 1, course.loaded_at
    return draft


def text_at(draft: CourseDraft, number: int | None = None) -> CourseText:
    """What a draft says, or said at one of its revisions."""
    revision = db.session.get_one(DraftRevision, (draft.id, number or draft.last_number))
    return unpacked(revision.content)


def change(
    draft: CourseDraft,
    place: Place,
    edit: Callable[[CourseText], CourseText],
    by: By,
    *,
    base: int | None = None,
    deed: Deed = Deed.EDITED,
) -> int:
    """Change one part of a draft and answer the number of the revision that now stands; nothing new, no revision.

    `base` is the revision from which the author wrote. Raises ChangedMeanwhileError if the part is another now.
    """
    last = db.session.get_one(DraftRevision, (draft.id, draft.last_number))
    now = unpacked(last.content)
    edited = edit(now)
    if edited == now:
        return draft.last_number
    if base is not None and base != draft.last_number:
        _refuse_if_changed(draft, place, base, now)
    goes_on = (
        deed is Deed.EDITED
        and (last.deed, last.part, last.module, last.name) == (deed, place.part, place.module, place.name)
        and last.author_id == by.actor_id
        and by.at - last.at < ONE_STEP
        and draft.published_number != last.number
    )
    undo_to = last.undo_to if goes_on else last.number
    return _append(draft, edited, by, deed, place, undo_to=undo_to)


def undo(draft: CourseDraft, by: By) -> bool:
    """Take the last step back; returns False if there is none."""
    last = db.session.get_one(DraftRevision, (draft.id, draft.last_number))
    if last.undo_to is None:
        return False
    target = db.session.get_one(DraftRevision, (draft.id, last.undo_to))
    place = Place(Part(last.part), last.module, last.name)
    _append(draft, unpacked(target.content), by, Deed.UNDONE, place, undo_to=target.undo_to, redo_to=last.number)
    return True


def redo(draft: CourseDraft, by: By) -> bool:
    """Take back the last undo; returns False if nothing was undone."""
    last = db.session.get_one(DraftRevision, (draft.id, draft.last_number))
    if last.redo_to is None:
        return False
    target = db.session.get_one(DraftRevision, (draft.id, last.redo_to))
    place = Place(Part(target.part), target.module, target.name)
    _append(draft, unpacked(target.content), by, Deed.REDONE, place, undo_to=target.undo_to, redo_to=target.redo_to)
    return True


def add_author(draft: CourseDraft, employee: Employee, by: By) -> bool:
    """Let somebody write a draft; returns False if they may already."""
    if db.session.get(DraftAuthor, (draft.id, employee.id)) is not None:
        return False
    db.session.add(DraftAuthor(draft_id=draft.id, employee_id=employee.id, added_at=by.at, added_by_id=by.actor_id))
    db.session.flush()
    return True


def _begin(text: CourseText, course_id: int | None, by: By, deed: Deed) -> CourseDraft:
    draft = CourseDraft(
        slug=text.slug,
        title=text.title[:LONGEST_TITLE],
        course_id=course_id,
        last_number=1,
        changed_at=by.at,
        changed_by_id=by.actor_id,
    )
    db.session.add(draft)
    db.session.flush()
    db.session.add(
        DraftRevision(draft_id=draft.id, number=1, author_id=by.actor_id, at=by.at, deed=deed, content=packed(text))
    )
    db.session.add(DraftAuthor(draft_id=draft.id, employee_id=by.actor_id, added_at=by.at, added_by_id=by.actor_id))
    db.session.flush()
    return draft


def _append(
    draft: CourseDraft,
    text: CourseText,
    by: By,
    deed: Deed,
    place: Place,
    *,
    undo_to: int | None,
    redo_to: int | None = None,
) -> int:
    number = draft.last_number + 1
    db.session.add(
        DraftRevision(
            draft_id=draft.id,
            number=number,
            author_id=by.actor_id,
            at=by.at,
            deed=deed,
            part=place.part,
            module=place.module,
            name=place.name,
            undo_to=undo_to,
            redo_to=redo_to,
            content=packed(text),
        )
    )
    draft.last_number, draft.title = number, str(text.title)[:LONGEST_TITLE]
    draft.changed_at, draft.changed_by_id = by.at, by.actor_id
    db.session.flush()
    return number


def _refuse_if_changed(draft: CourseDraft, place: Place, base: int, now: CourseText) -> None:
    opened = db.session.get(DraftRevision, (draft.id, base))
    if opened is not None and head_of(unpacked(opened.content), place) == head_of(now, place):
        return
    query = (
        select(Employee.name, DraftRevision.at, DraftRevision.number)
        .join(Employee, Employee.id == DraftRevision.author_id)
        .where(DraftRevision.draft_id == draft.id, DraftRevision.number <= draft.last_number)
        .order_by(DraftRevision.number.desc())
        .limit(1)
    )
    row = db.session.execute(query).one()
    raise ChangedMeanwhileError(row.name, row.at, draft.last_number)
