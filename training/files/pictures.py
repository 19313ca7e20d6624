"""Pictures are drawn anew: what else was in the file (place, camera, hidden texts, code) does not come along."""

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from training.files.media import GIF, JPEG, PNG, WEBP, Format

MOST_PIXELS = 40_000_000
"""A picture of a few kilobytes may unfold to gigabytes; what has more pixels than this is refused unread."""
LONGEST_EDGE = 4096
_WRITERS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", GIF: "PNG"}
_READERS = tuple(set(_WRITERS.values()) | {"GIF"})
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureRefusedError(ValueError):
    """The picture cannot be read, or is too large; the message says which, and the cure."""


def drawn_anew(path: Path, found: Format) -> tuple[bytes, Format]:
    """The pixels of a picture, upright, at most 4,096 a side, and nothing else; with the format they now have.

    Of a moving picture the first frame is kept, as PNG. Raises PictureRefusedError.
    """
    try:
        with Image.open(path, formats=_READERS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefusedError(_too_large(picture))
            picture.load()
            return _written(ImageOps.exif_transpose(picture), found)
    except PictureRefusedError:
        raise
    except _BOMBS:
        raise PictureRefusedError("This picture has too many pixels. Make it smaller and send it again.") from None
    except _BROKEN:
        raise PictureRefusedError("This picture is broken. Save it again in another program.") from None


def _too_large(picture: Image.Image) -> str:
    millions = picture.width * picture.height / 1e6
    return (
        f"This picture has {millions:,.0f} million pixels, at most {MOST_PIXELS / 1e6:.0f} are taken. Make it smaller."
    )


def _written(picture: Image.Image, found: Format) -> tuple[bytes, Format]:
    clear = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if clear and found != JPEG else "RGB"
    plain = picture.convert(mode)
    bare = Image.frombytes(mode, plain.size, plain.tobytes())
    bare.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    target = io.BytesIO()
    bare.save(target, _WRITERS[found], **({} if _WRITERS[found] == "PNG" else {"quality": 88}))
    return target.getvalue(), PNG if found == GIF else found
