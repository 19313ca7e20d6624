"""The door to imports."""

from flask import abort

from activity.models import Import
from db import db


def access_import(import_id: int, *, lock: bool = False) -> Import:
    """The import, or 404. Imports are the owner's: whoever may open the pages may open any of them."""
    row = db.session.get(Import, import_id, with_for_update=True if lock else None)
    if row is None:
        abort(404)
    return row
