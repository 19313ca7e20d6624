"""Strategies that draw whole courses, and a small sound course folder to spoil."""

from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from PIL import Image

from tests.training.rules.kinds.specifications import specifications
from training.rules.attempts import CountPolicy
from training.rules.behaviours.behaviour import Behaviour
from training.rules.course_files.course_text import About, Audience, CourseText, LessonText, ModuleText, QuestionText
from training.rules.course_files.front_matter import tidy_body
from training.rules.rich_text import complaints

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
letters = st.characters(categories=("L", "N", "P", "S", "Zs"), codec="utf-8")
MEANING_MORE_IN_YAML = ("yes", "no", "1e5", "0x1F", "12:30", "2026-11-24", "null", "~", "- a: b", "# no", "* x", "true")
SIGNS_OF_YAML = ("!", "&a", "a: b", "'", '"', "%", "@", "`", "---", "...", "| a |", "<<", "=", "? a", ": b", "{a", "[a")
odd_lines = st.sampled_from([*MEANING_MORE_IN_YAML, *SIGNS_OF_YAML, "a #b"])
lines = st.text(letters, min_size=1, max_size=40).map(str.strip).filter(bool) | odd_lines
paragraphs = st.lists(lines | st.just(""), min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)
bodies = st.lists(lines.map(lambda line: "    " + line) | lines | st.just(""), max_size=5).map("\n".join).map(tidy_body)
full_bodies = bodies.filter(bool)


def _png(width: int, height: int) -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height)).save(target, "PNG")
    return target.getvalue()


PICTURES = {"pictures/shop-page.png": _png(100, 80)}
"""The picture that drawn hot spots show."""


def shown_as_meant(text: str) -> bool:
    return not complaints(text)


@st.composite
def questions(draw: st.DrawFn, slug: str) -> QuestionText:
    return QuestionText(
        slug=slug,
        about=draw(st.sampled_from(About)),
        prompt=draw(full_bodies.filter(shown_as_meant)),
        specification=draw(specifications),
        topic=draw(st.just("") | lines),
        weight=draw(st.sampled_from([1.0, 2.0, 0.5, 1 / 3])),
        explanation=draw(st.just("") | paragraphs.filter(shown_as_meant)),
        pool=draw(st.sampled_from(["", "pool"])),
    )


@st.composite
def quizzes(draw: st.DrawFn, pooled: int) -> dict[str, Any]:
    """The rules of a quiz whose pool has so many questions."""
    fields = {
        "minutes": st.integers(1, 600),
        "attempts": st.integers(1, 100),
        "counts": st.sampled_from(list(CountPolicy)).map(str),
        "behaviour": st.sampled_from([one.value for one in Behaviour]),
    }
    chosen = draw(st.fixed_dictionaries({}, optional=fields))
    if chosen.get("behaviour") == Behaviour.SEVERAL_TRIES:
        chosen |= draw(st.fixed_dictionaries({}, optional={"tries": st.integers(2, 5), "penalty": st.floats(0, 1)}))
    if pooled and draw(st.booleans()):
        chosen["draw"] = {"pool": draw(st.integers(1, pooled))}
    return chosen


@st.composite
def modules(draw: st.DrawFn, slug: str) -> ModuleText:
    lesson_slugs = draw(st.lists(slugs, min_size=1, max_size=2, unique=True))
    question_slugs = draw(st.lists(slugs, max_size=3, unique=True))
    asked = tuple(draw(questions(one)) for one in question_slugs)
    return ModuleText(
        slug=slug,
        title=draw(lines),
        aim=draw(paragraphs),
        minutes=draw(st.integers(1, 600)),
        pass_mark=draw(st.none() | st.floats(0, 1)),
        why=draw(bodies.filter(shown_as_meant)),
        lessons=tuple(
            LessonText(one, draw(lines), draw(st.integers(1, 60)), draw(full_bodies.filter(shown_as_meant)))
            for one in lesson_slugs
        ),
        questions=asked,
        quiz=draw(quizzes(sum(one.pool == "pool" for one in asked))),
        opens=draw(st.sampled_from([{}, {}, {"optional": True}, {"after": []}, {"on": "2026-12-01", "after": []}])),
    )


@st.composite
def courses(draw: st.DrawFn) -> CourseText:
    module_slugs = draw(st.lists(slugs, min_size=1, max_size=2, unique=True))
    return CourseText(
        slug=draw(slugs),
        title=draw(lines),
        summary=draw(paragraphs),
        language=draw(st.sampled_from(["en", "nl", "pt-BR", "zh-Hant-TW"])),
        audience=draw(st.sampled_from(Audience)),
        pass_mark=draw(st.floats(0, 1)),
        introduction=draw(bodies.filter(shown_as_meant)),
        modules=tuple(draw(modules(one)) for one in module_slugs),
    )


SMALL = {
    "course.md": (
        "---\ntitle: Talk\nsummary: How to talk.\nlanguage: en\naudience: everyone\npass_mark: 0.7\n---\n\nHello.\n"
    ),
    "01-listen/module.md": "---\ntitle: Listen\naim: listen\nminutes: 5\n---\n",
    "01-listen/01-first.md": "---\ntitle: First\nminutes: 5\n---\n\nListen first.\n",
    "01-listen/questions/01-who.md": (
        "---\nkind: single_choice\nabout: why\nchoices:\n  - text: You\n    right: true\n  - text: Me\n---\n\nWho?\n"
    ),
}


def small_course(parent: Path, **changed: bytes | str | None) -> Path:
    """Write the small course below a folder, with some files changed (None: left out), and answer its folder."""
    folder = parent / "talk"
    for name, text in {**SMALL, **changed}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
