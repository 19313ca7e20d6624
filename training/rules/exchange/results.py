"""What reading and writing of other formats answer: questions, files, and everything that could not be taken along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from training.rules.course_files.course_text import QuestionText

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of a file handed in, and of everything that a package unpacks to."""
MOST_QUESTIONS = 2_000
MOST_PROBLEMS = 2_000


class Format(StrEnum):
    """The formats, by the word that commands and pages use for them."""

    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle-xml"
    QTI = "qti"
    CSV = "csv"


WRITTEN = (Format.GIFT, Format.MOODLE_XML, Format.QTI, Format.CSV)
"""The formats that can be written. Aiken has so little that whatever reads it reads GIFT."""

TITLES = {
    Format.GIFT: "GIFT",
    Format.AIKEN: "Aiken",
    Format.MOODLE_XML: "Moodle XML",
    Format.QTI: "QTI",
    Format.CSV: "CSV",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that could not be taken along: the line from 1 (0 where there is none), what, and the cure.

    `left_out` says whether a whole question is missing because of it; otherwise a question came with a detail less.
    `question` is the question's name as far as it is known, `file` the file within a package.
    """

    line: int
    message: str
    cure: str
    left_out: bool = True
    question: str = ""
    file: str = ""

    def __str__(self) -> str:
        place = ":".join(filter(None, (self.file, str(self.line or ""))))
        about = f"“{self.question}”: " if self.question else ""
        return f"{place + ': ' if place else ''}{about}{self.message} {self.cure}".strip()


@dataclass(frozen=True)
class Exchange:
    """What a file holds. `files` are its pictures, by the name under which the questions use them."""

    questions: tuple[QuestionText, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    format: Format | None = None

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """The problems that cost a question."""
        return tuple(problem for problem in self.problems if problem.left_out)

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """The problems that cost a detail of a question."""
        return tuple(problem for problem in self.problems if not problem.left_out)


@dataclass(frozen=True)
class Exported:
    """A file to hand out. `carried` are the questions as the file holds them: what reading it again will give."""

    data: bytes
    ending: str
    media_type: str
    carried: tuple[QuestionText, ...]
    problems: tuple[Problem, ...]


class UnreadableError(Exception):
    """A file, or a part of it, cannot be read. Caught where the rest can go on; never leaves `read`."""

    def __init__(self, line: int, message: str, cure: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.cure = cure
