"""The pictures of a course folder: `pictures/some-words.png` (or jpg, gif, webp), each what its name says."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.rules.course_files.course_text import QuestionText
from training.rules.course_files.listing import MOST_ENTRIES, joined
from training.rules.course_files.problems import Problem
from training.rules.exchange.pictures import FOLDER, LARGEST_PICTURE, LARGEST_TOGETHER, kind_of_picture, size_of_picture
from training.rules.kinds.protocol import FieldProblem


@dataclass(frozen=True)
class Pictures:
    """The pictures by their name ("pictures/some-words.png"), and what is wrong with the others."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_pictures(course: Path) -> Pictures:
    """The pictures of the course in a folder; none if there is no such folder."""
    folder = course / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return Pictures({}, ())
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(folder.iterdir())[:MOST_ENTRIES]:
        name, together = FOLDER + path.name, sum(map(len, files.values()))
        found = _read(path) if not path.name.startswith(".") else None
        if isinstance(found, tuple):
            problems.append(Problem(joined("pictures", path.name), 1, *found))
        elif found is not None and together + len(found) > LARGEST_TOGETHER:
            message = f"The pictures fill more than {LARGEST_TOGETHER // 1024 // 1024} MiB."
            problems.append(Problem(joined("pictures", path.name), 1, message, "Make them smaller."))
        elif found is not None:
            files[name] = found
    return Pictures(files, tuple(problems))


def picture_problems(question: QuestionText, files: Mapping[str, bytes]) -> list[FieldProblem]:
    """What is wrong with the picture of a hot spot: it is not there, or has another size than the areas count by."""
    if question.kind != "hot_spot":
        return []
    name, at = question.specification.get("picture"), ("picture",)
    if name not in files:
        return [FieldProblem(at, f"There is no picture “{name}”.", "Put it there, or correct the name.")]
    size = size_of_picture(files[str(name)])
    said = (question.specification.get("width"), question.specification.get("height"))
    if size is not None and size != said:
        cure = f"Write width: {size[0]} and height: {size[1]}, and count the areas in these pixels."
        return [FieldProblem(("width",), f"The picture has {size[0]} by {size[1]} pixels.", cure)]
    return []


def _read(path: Path) -> bytes | tuple[str, str]:
    """The bytes of a picture, or what is wrong and the cure."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return "This is no plain file.", "Put the picture itself here."
    if path.stat().st_size > LARGEST_PICTURE:
        return f"The picture is larger than {LARGEST_PICTURE // 1024 // 1024} MiB.", "Make it smaller."
    data = path.read_bytes()
    kind = kind_of_picture(data)
    if not kind or path.suffix.lower() not in {f".{kind}", ".jpeg" if kind == "jpg" else f".{kind}"}:
        return "This is no picture of the kind that its name says.", "Save it as png, jpg, gif or webp."
    return data
