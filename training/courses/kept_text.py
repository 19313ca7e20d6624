"""How a course text is kept in a row: as JSON, packed. Texts pack to a third."""

import json
import zlib

from training.rules.course_files.course_text import CourseText
from training.rules.course_files.plain import as_plain, course_from_plain


def packed(text: CourseText) -> bytes:
    """The bytes to keep."""
    return zlib.compress(json.dumps(as_plain(text), ensure_ascii=False).encode())


def unpacked(data: bytes) -> CourseText:
    """The text that was kept."""
    return course_from_plain(json.loads(zlib.decompress(data)))
