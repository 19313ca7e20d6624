"""What a file is, told from its content: the name a person gave it is only a wish.

Signatures as in the registrations of the formats (PNG, ISO 10918, RFC 9649, ISO 32000, ISO 14496-12, RFC 8794, ID3v2,
ECMA-376, OpenDocument 1.3). A format that a browser would run (HTML, SVG, scripts) is none of them.
"""

import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Format:
    """A format that may be stored. `endings` of names, the usual one first; `shown` inside a page or handed out."""

    media_type: str
    endings: tuple[str, ...]
    shown: bool = False


PNG = Format("image/png", ("png",), shown=True)
JPEG = Format("image/jpeg", ("jpg", "jpeg"), shown=True)
WEBP = Format("image/webp", ("webp",), shown=True)
GIF = Format("image/gif", ("gif",), shown=True)
PDF = Format("application/pdf", ("pdf",))
TEXT = Format("text/plain", ("txt", "md", "csv"))
CAPTIONS = Format("text/vtt", ("vtt",), shown=True)
MP3 = Format("audio/mpeg", ("mp3",), shown=True)
MP4 = Format("video/mp4", ("mp4",), shown=True)
WEBM = Format("video/webm", ("webm",), shown=True)
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Format(OFFICE + "wordprocessingml.document", ("docx",))
PPTX = Format(OFFICE + "presentationml.presentation", ("pptx",))
ODT = Format("application/vnd.oasis.opendocument.text", ("odt",))
ODP = Format("application/vnd.oasis.opendocument.presentation", ("odp",))

PICTURES = (PNG, JPEG, WEBP, GIF)
FORMATS = (*PICTURES, PDF, TEXT, CAPTIONS, MP3, MP4, WEBM, DOCX, PPTX, ODT, ODP)
PICTURE_ENDINGS = frozenset(ending for one in PICTURES for ending in one.endings)
ALL_ENDINGS = frozenset(ending for one in FORMATS for ending in one.endings)
_SHOWN = {one.media_type for one in FORMATS if one.shown}
_HEAD = 4096
_MOST_TEXT = 5 * 1024 * 1024
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"ID3", MP3),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FILM_BRANDS = (b"iso", b"mp4", b"avc", b"M4V", b"dash")


def format_of(path: Path) -> Format | None:
    """The format of the content of a file; None for one that may not be stored. Nothing is unpacked."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for beginning, known in _BEGINNINGS:
        if head.startswith(beginning):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return MP4 if head[8:12].startswith(_FILM_BRANDS) else None
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:64]:
        return WEBM
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:  # a frame of MPEG audio, layer III
        return MP3
    return _in_archive(path) if head[:4] == b"PK\x03\x04" else _as_text(path)


def is_shown(media_type: str) -> bool:
    """Whether a browser may show this inside a page; all else is handed out as a download."""
    return media_type in _SHOWN


def is_allowed(found: Format, endings: Collection[str]) -> bool:
    """Whether a format goes by one of these endings."""
    return any(ending in endings for ending in found.endings)


def fitting_name(name: str, found: Format) -> str:
    """The name without folders and hidden letters, at most 120 long, with an ending that fits the content."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split()).lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.lower() not in found.endings:
        stem, ending = (stem if dot and ending.lower() in ALL_ENDINGS else plain), found.endings[0]
    return f"{(stem.strip() or 'file')[:100].strip()}.{ending.lower()}"


def _in_archive(path: Path) -> Format | None:
    """A document of an office suite, without macros; None for any other archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    if "[Content_Types].xml" in names:
        return DOCX if "word/document.xml" in names else PPTX if "ppt/presentation.xml" in names else None
    return next((one for one in (ODT, ODP) if kind.strip() == one.media_type.encode()), None)


def _as_text(path: Path) -> Format | None:
    if path.stat().st_size > _MOST_TEXT:
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    return CAPTIONS if text.startswith("WEBVTT") else TEXT
