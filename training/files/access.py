"""Who may read a file: who handed it in, and whoever the door of its shelf lets in.

The room that uses a shelf registers its door: a criterion on StoredFile for a viewer. A shelf without a door is its
owners' alone.
"""

from collections.abc import Callable

from flask import abort
from sqlalchemy import ColumnElement, and_, or_, select

from db import db
from people.viewer import Viewer
from training.files.models import Shelf, StoredFile

Door = Callable[[Viewer], ColumnElement[bool]]
_doors: dict[Shelf, Door] = {}


def register_door(shelf: Shelf, door: Door) -> None:
    """Say who besides the owner may read the files of a shelf."""
    _doors[shelf] = door


def access_file(viewer: Viewer, file_id: int) -> StoredFile:
    """The file, if `viewer` may read it; else 404."""
    criteria = [and_(StoredFile.shelf == shelf, door(viewer)) for shelf, door in _doors.items()]
    mine = StoredFile.owner_id == viewer.id
    row = db.session.scalars(select(StoredFile).where(StoredFile.id == file_id, or_(mine, *criteria))).one_or_none()
    if row is None:
        abort(404)
    return row
