"""Files as people hand them in, for tests."""

import io

from PIL import Image

from tests.support.cast import NOW, Person
from training.files.media import ALL_ENDINGS
from training.files.models import Shelf, StoredFile
from training.files.operations import store


def handed_in(
    person: Person, content: bytes = b"Dear Maria, ...", name: str = "reply.txt", shelf: Shelf = Shelf.ANSWER
) -> StoredFile:
    """A file that somebody has handed in."""
    return store(io.BytesIO(content), name, ALL_ENDINGS, NOW, shelf=shelf, owner_id=person.id)


def picture(form: str = "PNG", size: tuple[int, int] = (8, 6), mode: str = "RGB", **extra: object) -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(target, form, **extra)
    return target.getvalue()
