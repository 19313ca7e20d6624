"""A picture for a lesson or a question: drawn anew, kept by its content, named so that a text can show it."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, request, url_for
from PIL import Image
from werkzeug.wrappers import Response

from db import db
from people.access import permission_required
from training.authoring.views.blueprint import EDIT, blueprint, opened
from training.courses.pictures import keep_pictures
from training.files.media import PICTURES, format_of
from training.files.pictures import PictureRefusedError, drawn_anew
from training.rules.exchange.pictures import FOLDER, LARGEST_PICTURE


@blueprint.post("/<int:draft_id>/pictures")
@permission_required(EDIT)
def add_picture(draft_id: int) -> Response:
    """Keep a picture and say what to write where it belongs. The text itself is left alone."""
    draft, _ = opened(draft_id, lock=True)
    back = request.form.get("back", "")
    home = url_for("authoring.outline", draft_id=draft.id)
    here = back if back.startswith(f"{home}/") else home
    try:
        data, ending, size = _drawn()
    except PictureRefusedError as error:
        flash(str(error), "refused")
        return redirect(here)
    (kept,) = keep_pictures({f"{FOLDER}picture.{ending}": data}).values()
    db.session.commit()
    words = " ".join(request.form.get("words", "").split())[:200].replace("]", ")").replace("[", "(")
    flash(f"Write this where the picture belongs: ![{words or 'What it shows'}](/{kept})")
    flash(f"For a place in a picture (hot spot): {kept}, {size[0]} wide and {size[1]} high.")
    return redirect(here)


def _drawn() -> tuple[bytes, str, tuple[int, int]]:
    """The picture that was sent, drawn anew, its ending and its size. Raises PictureRefusedError."""
    file = request.files.get("file")
    data = file.read(LARGEST_PICTURE + 1) if file else b""
    if not data:
        raise PictureRefusedError("Choose a picture.")
    if len(data) > LARGEST_PICTURE:
        raise PictureRefusedError(f"The picture is larger than {LARGEST_PICTURE // 1024 // 1024} MiB. Make it smaller.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        path.write_bytes(data)
        found = format_of(path)
        if found not in PICTURES:
            raise PictureRefusedError("This is no picture of a kind that can be shown: png, jpg, gif, webp.")
        new, form = drawn_anew(path, found)
    with Image.open(BytesIO(new)) as picture:
        return new, form.endings[0], picture.size
