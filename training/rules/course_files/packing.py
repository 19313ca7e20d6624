"""A course folder as one zip file, and back.

A zip file comes from anybody: names that lead out of the folder, links, what is too many, too large, or unfolds beyond
all measure is refused before anything of it is read. Nothing of it is ever written under a name that it brought.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from training.rules.course_files.course_text import CourseText
from training.rules.course_files.listing import LONGEST_SLUG, SLUG
from training.rules.course_files.problems import Problem
from training.rules.course_files.reader import read_course
from training.rules.course_files.text_file import LARGEST_FILE
from training.rules.course_files.writer import course_as_files
from training.rules.exchange.pictures import FOLDER, LARGEST_PICTURE

MOST_FILES = 5_000
LARGEST_IN_ALL = 32 * 1024 * 1024
"""Bytes, unfolded. The starter course has less than a quarter of one MiB."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_DATE = (1980, 1, 1, 0, 0, 0)  # the same course gives the same bytes
_HIDDEN = ("__MACOSX",)


class PackageRefusedError(ValueError):
    """The file is no zip file of a course, or not a safe one. The message says why, and the cure."""


def packed_course(course: CourseText, others: Mapping[str, bytes] | None = None) -> bytes:
    """A zip file with the course's folder in it; `others` are files that lie beside course.md."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        texts = {name: text.encode() for name, text in course_as_files(course).items()}
        for name, data in (texts | dict(others or {})).items():
            package.writestr(zipfile.ZipInfo(f"{course.slug}/{name}", _DATE), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read_package(data: bytes) -> CourseText | list[Problem]:
    """The course in a zip file, or all that is wrong with it, by file and line. Raises PackageRefusedError."""
    files = unfolded(data)
    tops = {name.partition("/")[0] for name in files}
    if "course.md" in files:
        slug, prefix = "course", ""
    elif len(tops) == 1 and f"{(top := next(iter(tops)))}/course.md" in files:
        slug, prefix = top, f"{top}/"
    else:
        raise PackageRefusedError("There is no course.md in it. Pack the folder of one course.")
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        slug = "course"
    with TemporaryDirectory() as folder:
        here = Path(folder) / slug
        for name, content in files.items():
            path = here / name.removeprefix(prefix)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return read_course(here)


def pictures_in(data: bytes) -> dict[str, bytes]:
    """The pictures of the course in a zip file, by their names in it ("pictures/shop.png"). Raises as read_package."""
    found = {}
    for name, content in unfolded(data).items():
        inside = name if name.startswith(FOLDER) else name.partition("/")[2]
        if inside.startswith(FOLDER):
            found[inside] = content
    return found


def unfolded(data: bytes) -> dict[str, bytes]:
    """Every file in a zip file by its name, hidden ones left out. Raises PackageRefusedError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _files_of(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise PackageRefusedError("This is no zip file that can be read. Pack the folder again.") from error


def _files_of(package: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in package.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise PackageRefusedError(f"It holds more than {MOST_FILES:,} files. Pack one course alone.")
    files: dict[str, bytes] = {}
    left = LARGEST_IN_ALL
    for entry in entries:
        parts = entry.filename.split("/")
        if any(part.startswith(".") and part not in (".", "..") for part in parts) or parts[0] in _HIDDEN:
            continue
        _refuse_odd_name(entry, parts)
        if entry.filename in files:
            raise PackageRefusedError(f"“{_readable(entry)}” is in it twice. Pack the folder again.")
        with package.open(entry) as file:
            most = LARGEST_PICTURE if FOLDER.strip("/") in parts[:-1] else LARGEST_FILE
            content = file.read(min(left, most) + 1)  # what it says of its own size is not believed
        if len(content) > most:
            raise PackageRefusedError(f"“{_readable(entry)}” is larger than {most // 1024} KiB. Divide it.")
        left -= len(content)
        if left < 0:
            raise PackageRefusedError(f"It unfolds to more than {LARGEST_IN_ALL // 1024 // 1024} MiB.")
        files[entry.filename] = content
    return files


def _refuse_odd_name(entry: zipfile.ZipInfo, parts: list[str]) -> None:
    """Refuse what leads out of the folder, and links: both would reach what is not theirs."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise PackageRefusedError(f"“{_readable(entry)}” is a link or no plain file. Leave it out.")
    if not 1 <= len(parts) <= 5 or not all(_NAME.fullmatch(part) and len(part) <= 120 for part in parts):
        raise PackageRefusedError(f"“{_readable(entry)}” is no name that a course has. Leave it out, or rename it.")


def _readable(entry: zipfile.ZipInfo) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in entry.filename)[:80]
