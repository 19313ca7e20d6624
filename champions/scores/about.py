"""What the score says, in words for everybody: one page of the documentation, shown in the product."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

PAGE = Path(__file__).parents[2] / "docs" / "score-for-employees.md"
NOT_HERE = "Every formula with its source"  # the sentence that leads to a file beside that one


@cache
def about_the_score() -> Markup:
    """The page as HTML, without its title."""
    parts = PAGE.read_text(encoding="utf-8").split("\n\n")[1:]
    shown = [part if NOT_HERE not in part else part.split(NOT_HERE)[0].strip() for part in parts]
    return Markup(MarkdownIt("commonmark", {"html": False}).render("\n\n".join(shown)))  # noqa: S704 our own text
