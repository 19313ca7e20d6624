"""What lies in the folders of a course: numbered names in order, and a problem for everything else."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from training.rules.course_files.problems import Problem

MOST_ENTRIES = 500
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
_NUMBERED = re.compile(rf"(?P<number>\d{{2,3}})-(?P<slug>{SLUG.pattern})(?P<end>\.md)?")


@dataclass(frozen=True)
class Entry:
    """One numbered file or folder."""

    number: int
    slug: str
    path: Path
    name: str


class Listing:
    """The entries of one folder of a course. `here` is the folder's name in problems, "" for the course itself."""

    def __init__(self, folder: Path, here: str, fixed: tuple[str, ...] = ()) -> None:
        self.problems: list[Problem] = []
        self.files: list[Entry] = []
        self.folders: list[Entry] = []
        self._here = here
        for name, is_folder in _names(folder):
            if name not in fixed and not name.startswith("."):
                self._sort_in(folder / name, name, is_folder)
        self.files = self._in_order(self.files)
        self.folders = self._in_order(self.folders)

    def _sort_in(self, path: Path, name: str, is_folder: bool) -> None:
        found = _NUMBERED.fullmatch(name)
        if not found or len(found["slug"]) > LONGEST_SLUG or is_folder == bool(found["end"]):
            cure = "Name files 01-some-words.md and module folders 01-some-words, or take it away."
            self._report(name, "This is not part of a course.", cure)
            return
        entry = Entry(int(found["number"]), found["slug"], path, joined(self._here, name))
        (self.folders if is_folder else self.files).append(entry)

    def _in_order(self, entries: list[Entry]) -> list[Entry]:
        entries.sort(key=lambda entry: (entry.number, entry.slug))
        numbers: dict[int, Entry] = {}
        slugs: dict[str, Entry] = {}
        for entry in entries:
            if entry.number in numbers:
                self._twice(entry, f"The number is also that of {numbers[entry.number].path.name}.")
            elif entry.slug in slugs:
                self._twice(entry, f"The words are also those of {slugs[entry.slug].path.name}.")
            numbers.setdefault(entry.number, entry)
            slugs.setdefault(entry.slug, entry)
        return entries[:MOST_ENTRIES]

    def _twice(self, entry: Entry, message: str) -> None:
        self._report(entry.path.name, message, "Give each its own number and its own words.")

    def _report(self, name: str, message: str, cure: str) -> None:
        self.problems.append(Problem(joined(self._here, name), 1, message, cure))


def joined(here: str, name: str) -> str:
    """The name of a file in problems; bytes of a name that are no text are shown as a question mark."""
    readable = name.encode("utf-8", "replace").decode()
    return f"{here}/{readable}" if here else readable


def _names(folder: Path) -> list[tuple[str, bool]]:
    """Names in a folder and whether each is a folder itself (a link to one is not)."""
    with os.scandir(folder) as entries:
        return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
