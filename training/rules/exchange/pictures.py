"""Pictures that come with questions: kept if they are what they say, of a bearable size, under a name of our own."""

import base64
import binascii
import re
import struct
from urllib.parse import unquote

from training.rules.exchange.naming import LONGEST_SLUG, slug_of

LARGEST_PICTURE = 5 * 1024 * 1024
LARGEST_TOGETHER = 40 * 1024 * 1024
LARGEST_SIDE = 10_000
FOLDER = "pictures/"
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*;base64,", re.IGNORECASE)


def kind_of_picture(data: bytes) -> str:
    """ "png", "jpg", "gif" or "webp" by the first bytes; empty for anything else, drawings with script among it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def size_of_picture(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the head of the file says; None if it cannot be read."""
    try:
        size = _SIZES[kind_of_picture(data)](data)
    except (KeyError, struct.error, IndexError):
        return None
    return size if size and all(0 < side <= LARGEST_SIDE for side in size) else None


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _webp(data: bytes) -> tuple[int, int] | None:
    """Sizes of the three forms of WebP (RFC 9649, section 2)."""
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpg(data: bytes) -> tuple[int, int] | None:
    """The size in the first frame header (ITU T.81, section B.2.2)."""
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        elif marker in (0x01, *range(0xD0, 0xD9)):
            place += 2
        else:
            place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
    return None


_SIZES = {"png": _png, "gif": _gif, "webp": _webp, "jpg": _jpg}


def data_of_address(address: str) -> bytes | None:
    """The bytes in a "data:" address; None if it is none, or damaged."""
    found = _DATA.match(address[:200])
    return bytes_of_base64(unquote(address[found.end() :])) if found else None


def bytes_of_base64(text: str) -> bytes | None:
    """Bytes written in base64, with line ends anywhere; None if damaged or too large."""
    if len(text) > LARGEST_PICTURE * 2:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


class Pictures:
    """The pictures of one file by their new names; the same one under the same name is kept once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._together = 0

    def keep(self, name: str, data: bytes) -> str:
        """The new name of a picture, such as "pictures/shop-page.png".

        Raises ValueError, with the reason, for what is not kept.
        """
        kind = kind_of_picture(data)
        if not kind:
            raise ValueError("is no picture in PNG, JPEG, GIF or WebP")
        if len(data) > LARGEST_PICTURE:
            raise ValueError(f"is larger than {LARGEST_PICTURE // 1024 // 1024} MiB")
        stem = slug_of(unquote(name).rpartition("/")[2].rpartition(".")[0] or name)[: LONGEST_SLUG - 10] or "picture"
        place, number = f"{FOLDER}{stem}.{kind}", 1
        while place in self.files and self.files[place] != data:
            number += 1
            place = f"{FOLDER}{stem}-{number}.{kind}"
        if place not in self.files:
            self._together += len(data)
            if self._together > LARGEST_TOGETHER:
                raise ValueError("is too much together with the others")
            self.files[place] = data
        return place
