"""Files as they are served: with their own media type, never as a page, and able to do nothing in a browser."""

from flask import Blueprint, Response, abort, send_file
from flask_login import current_user

from people.access import permission_required
from people.permissions import Permission
from training.files.access import access_file
from training.files.media import is_shown
from training.files.operations import content_path
from web import POLICY

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<int:file_id>")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def file(file_id: int) -> Response:
    """One file: pictures, sound and film inside a page, all else as a download. In a sandbox, so nothing in it runs."""
    row = access_file(current_user, file_id)
    path = content_path(row.digest)
    if not path.is_file():
        abort(404)
    shown = is_shown(row.media_type)
    answer = send_file(path, row.media_type, as_attachment=not shown, download_name=row.name, conditional=True)
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer
