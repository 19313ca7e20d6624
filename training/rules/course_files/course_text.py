"""A course as text: what a course folder holds, and what the web editor edits. Values only, compared by content."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any


class Audience(StrEnum):
    """Whom a course is for."""

    EVERYONE = "everyone"
    TRAINERS = "trainers"


class About(StrEnum):
    """What a question asks for: the reason, or the way."""

    WHY = "why"
    HOW = "how"


@dataclass(frozen=True)
class QuestionText:
    """One question. `specification` is what its kind marks by, `kind` included; prompt and explanation are Markdown.

    `pool` names the pool that an attempt draws it from; empty, it is always asked.
    """

    slug: str
    about: About
    prompt: str
    specification: dict[str, Any]
    topic: str = ""
    weight: float = 1.0
    explanation: str = ""
    pool: str = ""

    @property
    def kind(self) -> str:
        """The name of the question's kind."""
        return str(self.specification["kind"])


@dataclass(frozen=True)
class LessonText:
    """One page of content, in Markdown."""

    slug: str
    title: str
    minutes: int
    text: str


@dataclass(frozen=True)
class TaskText:
    """A practical task: what to hand in ("text", "link", "picture"), who grades it, and by which rubric.

    `text` is Markdown; `graded_by` is "trainer" or "peers".
    """

    title: str
    text: str
    accepts: tuple[str, ...]
    graded_by: str
    rubric: list[dict[str, Any]]


@dataclass(frozen=True)
class ModuleText:
    """An ordered part with one aim ("afterwards you can ..."). `why` says in Markdown why it matters.

    `quiz` holds the rules of its quiz as they are written, see `behaviours.quiz_rules`; empty, they are the usual ones.
    `opens` says when it opens and whether it must be done, see `rules.opening`; empty, after those before it.
    """

    slug: str
    title: str
    aim: str
    minutes: int
    pass_mark: float | None
    why: str
    lessons: tuple[LessonText, ...]
    questions: tuple[QuestionText, ...]
    quiz: dict[str, Any] = field(default_factory=dict)
    task: TaskText | None = None
    opens: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CourseText:
    """A whole course. `pass_mark` in [0, 1] holds for modules that have none of their own."""

    slug: str
    title: str
    summary: str
    language: str
    audience: Audience
    pass_mark: float
    introduction: str
    modules: tuple[ModuleText, ...]

    def digest(self) -> str:
        """64 hexadecimal digits that change whenever anything in the course does."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def pass_mark_of(self, module: ModuleText) -> float:
        """The share of marks that passes the quiz of a module."""
        return self.pass_mark if module.pass_mark is None else module.pass_mark
