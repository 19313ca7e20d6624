"""Load the task of a module from its text. Work that was handed in keeps the task as it was. Nothing commits."""

from datetime import datetime

from sqlalchemy import select

from db import db
from training.models import Module
from training.rules.course_files.course_text import TaskText
from training.rules.rich_text import to_html
from training.tasks.models import Task


def load_task(module: Module, text: TaskText | None, at: datetime) -> None:
    """Bring the task of `module` to what `text` says; one that is gone is retired, and comes back if it comes back."""
    task = db.session.scalars(select(Task).where(Task.module_id == module.id)).one_or_none()
    if text is None:
        if task is not None:
            task.retired_at = task.retired_at or at
        return
    task = task or Task(module_id=module.id)
    task.title, task.prompt, task.retired_at = text.title, to_html(text.text), None
    task.accepts, task.graded_by, task.rubric = list(text.accepts), text.graded_by, text.rubric
    db.session.add(task)
    db.session.flush()
