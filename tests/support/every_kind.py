"""A quiz that asks every kind of question there is, with a picture that is kept, and right answers to it as fields."""

import struct
import zlib
from dataclasses import replace
from typing import Any

from tests.support.handed_in import FILE_UPLOAD, LONG_TEXT
from tests.support.learning import right_forms
from tests.support.small_course import small_course
from training.attempts.queries import placed_questions
from training.courses.pictures import with_kept_pictures
from training.rules.course_files.course_text import CourseText

PICTURE = "pictures/shop-page.png"
HOT_SPOT: dict[str, Any] = {
    "kind": "hot_spot",
    "picture": PICTURE,
    "description": "A page of the shop with a photograph, a price and a box for questions.",
    "width": 320,
    "height": 200,
    "areas": [
        {"text": "The photograph", "right": False, "box": [10, 10, 140, 120], "feedback": "It cannot answer."},
        {"text": "The price", "right": False, "circle": [250, 40, 30]},
        {"text": "The box for questions", "right": True, "polygon": [[170, 120], [310, 120], [310, 190], [170, 190]]},
    ],
}
WRITTEN = "Dear Maria, the pump is broken. By Friday I will know when it is mended."


def png(width: int = 320, height: int = 200) -> bytes:
    """A picture in light grey."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\xdd" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def every_kind(quiz: dict[str, Any] | None = None) -> CourseText:
    """The small course; its first module asks all fifteen kinds. Keeps the picture; commits nothing."""
    course = small_course()
    module = course.modules[0]
    more = {"hot-spot": HOT_SPOT, "long-text": LONG_TEXT, "file-upload": FILE_UPLOAD}
    added = tuple(
        replace(module.questions[0], slug=slug, prompt=f"About {slug}: what is right?", specification=specification)
        for slug, specification in more.items()
    )
    module = replace(module, questions=module.questions + added, quiz=quiz or {})
    return with_kept_pictures(replace(course, modules=(module, *course.modules[1:])), {PICTURE: png()})


def right_fields(attempt_id: int) -> dict[int, tuple[str, dict[str, list[str]]]]:
    """By position, the kind and the fields of a right answer; a file is sent another way, so it has none."""
    questions = placed_questions(attempt_id)
    by_people = {"long_text": {"answer": [WRITTEN]}, "file_upload": {}}
    forms = right_forms(attempt_id)
    kinds = {one.position: one.specification["kind"] for one in questions}
    return {place: (kind, by_people.get(kind, forms[place])) for place, kind in kinds.items()}
