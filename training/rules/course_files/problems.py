"""What is wrong in a course folder, said so that an author can mend it."""

from dataclasses import dataclass, field

from training.rules.kinds.protocol import Field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong: the file (from the course folder on), the line from 1, what, and the cure.

    `at` is the field it is about, ("body",) for the text below the fields, () where it is about the file.
    """

    file: str
    line: int
    message: str
    cure: str
    at: Field = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.cure}".strip()


class UnreadableError(Exception):
    """A file or its front matter cannot be read at all. The reader turns it into a problem of that file."""

    def __init__(self, line: int, message: str, cure: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.cure = cure

    def in_file(self, file: str) -> Problem:
        """The problem, now that the file is known."""
        return Problem(file, self.line, self.message, self.cure)
