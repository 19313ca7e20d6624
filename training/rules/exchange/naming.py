"""Names for questions and pictures: small letters, digits and dashes, each once in a file."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_SLUG = 80
_SEPARATED = re.compile(r"[^a-z0-9]+")


def slug_of(title: str) -> str:
    """A title as a name: "Who's there?" becomes "who-s-there". Empty if no letter of it is Latin."""
    plain = unicodedata.normalize("NFKD", title[:400]).casefold().replace("ß", "ss")
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATED.sub("-", letters).strip("-")[:LONGEST_SLUG].strip("-")


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: long lists of names read best this way."""
    return frozenset(text.split())


class Names:
    """Hands out names, each once. `taken` are names that are in use already."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def take(self, title: str, otherwise: str) -> str:
        """The name for a title, with a number behind it if it is in use; `otherwise` where the title gives none."""
        slug = slug_of(title) or slug_of(otherwise) or "question"
        name, number = slug, self._counts.get(slug, 1)
        while name in self._taken:
            number += 1
            end = f"-{number}"
            name = slug[: LONGEST_SLUG - len(end)].rstrip("-") + end
        self._counts[slug] = number
        self._taken.add(name)
        return name
