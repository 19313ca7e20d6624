"""Check a draft by the very rules of course files: it is written as files, and these are read.

What may be published is therefore what the files of a course may hold, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from training.rules.authoring.places import COURSE, Place, files_of
from training.rules.course_files.course_text import CourseText
from training.rules.course_files.problems import Problem
from training.rules.course_files.reader import read_course
from training.rules.course_files.writer import write_course
from training.rules.kinds.protocol import Field

IN_THE_BROWSER = {
    "Make a folder such as 01-first-module.": "Add one.",
    "Write one, such as 01-first.md.": "Add one.",
    "Write it below the fields.": "Write it.",
    "Write one entry a line, each with a dash before it.": "Fill in the lines.",
    "Mark exactly one with “right: true”.": "Tick “right” at exactly one.",
    "Write true or false.": "Choose one.",
}
"""How the cure of a file is said to somebody who sees fields instead."""


@dataclass(frozen=True)
class Fault:
    """One thing to mend before a draft can be published: in which part, in which field, what, and the cure."""

    place: Place
    field: Field
    message: str
    cure: str

    @property
    def words(self) -> str:
        """What is wrong and the cure, as sentences."""
        return f"{self.message} {self.cure}".strip()


def faults_of(course: CourseText, pictures: Mapping[str, bytes] | None = None) -> list[Fault]:
    """Everything that is wrong with a draft, in the order of its parts; empty if it can be published.

    `pictures` are those that its hot spots show, by the names that they are given there.
    """
    with TemporaryDirectory() as folder:
        read = read_course(write_course(course, Path(folder), pictures))
    if isinstance(read, CourseText):
        return []
    files = files_of(course)
    order = {place: number for number, place in enumerate(files.values())}
    faults = [_fault(problem, files.get(problem.file, COURSE)) for problem in read]
    return sorted(faults, key=lambda fault: order[fault.place])


def _fault(problem: Problem, place: Place) -> Fault:
    message = problem.message
    if problem.at and problem.at[-1:] != ("body",):
        message = message.partition(": ")[2]  # the field is named by the page
    return Fault(place, problem.at, message, IN_THE_BROWSER.get(problem.cure, problem.cure))
