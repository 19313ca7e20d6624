"""What differs between two states of a course, part by part and field by field, in words."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.rules.authoring.controls import Rows
from training.rules.authoring.part_forms import FIELDS, filled
from training.rules.authoring.places import COURSE, Part, Place, lesson_of, module_of, question_of
from training.rules.course_files.course_text import CourseText
from training.rules.rich_text import to_plain

AROUND = 12
"""So many words that are the same are shown before and after a change."""
_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stay (""), came ("+") or went ("-")."""

    words: str
    sign: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that differs: in which part, which field, the words. Without pieces the part came, went or moved."""

    place: Place
    title: str
    what: str
    pieces: tuple[Piece, ...] = ()


def title_of(course: CourseText, place: Place) -> str:
    """What a part is called on a page: its title, or the beginning of its prompt."""
    if place.part is Part.COURSE:
        return course.title
    if place.part is Part.MODULE:
        module = module_of(course, place.module)
        return module.title if module else ""
    lesson, question = lesson_of(course, place), question_of(course, place)
    if place.part is Part.LESSON:
        return lesson.title if lesson else ""
    return _shortened(to_plain(question.prompt)) if question else ""


def differences(before: CourseText, after: CourseText) -> list[Difference]:
    """Everything that differs, in the order of the later state; what went comes last."""
    then, now = list(_places(before)), list(_places(after))
    found = []
    for place in now:
        if place not in then:
            found.append(Difference(place, title_of(after, place), "new"))
        found += _in_part(before, after, place) if place in then else []
    found += [Difference(place, title_of(before, place), "removed") for place in then if place not in now]
    order = [place for place in then if place in now], [place for place in now if place in then]
    if order[0] != order[1]:
        found.append(Difference(COURSE, after.title, "The order changed"))
    return found


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word, long stretches that are the same cut short."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for deed, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            pieces.append(Piece(_cut(old[a:b], at_start=a == 0, at_end=b == len(old))))
        else:
            pieces += [Piece("".join(old[a:b]), "-")] if b > a else []
            pieces += [Piece("".join(new[c:d]), "+")] if d > c else []
    return tuple(pieces)


def _in_part(before: CourseText, after: CourseText, place: Place) -> Iterator[Difference]:
    old, new = filled(before, place), filled(after, place)
    if old == new:
        return
    title = title_of(after, place)
    known = {one.name: one.label for one in FIELDS[place.part] if not isinstance(one, Rows)}
    for name, label in known.items():
        if old.get(name, "") != new.get(name, ""):
            yield Difference(place, title, label, compared(old.get(name, ""), new.get(name, "")))
    inside = [{name: text for name, text in one.items() if name not in known} for one in (old, new)]
    if inside[0] != inside[1]:
        yield Difference(place, title, "What counts", compared(*map(_as_text, inside)))


def _as_text(form: dict[str, str]) -> str:
    """The fields of a kind as a text of lines, without what only the form needs."""
    shown = [(name, text) for name, text in form.items() if text and name.rpartition("-")[2] not in ("was", "count")]
    return "\n".join(f"{name.rpartition('-')[2]}: {text}" for name, text in shown)


def _places(course: CourseText) -> Iterator[Place]:
    yield COURSE
    for module in course.modules:
        yield Place(Part.MODULE, module.slug)
        for lesson in module.lessons:
            yield Place(Part.LESSON, module.slug, lesson.slug)
        for question in module.questions:
            yield Place(Part.QUESTION, module.slug, question.slug)


def _cut(words: list[str], *, at_start: bool, at_end: bool) -> str:
    first, last = 0 if at_start else AROUND, 0 if at_end else AROUND
    if len(words) <= first + last + 3:
        return "".join(words)
    return "".join(words[:first]) + " … " + "".join(words[len(words) - last :] if last else [])


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
