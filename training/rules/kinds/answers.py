"""Reading what browsers send and what rows hold. Nothing here raises: what is not understood is not there."""

from typing import Any

from training.rules.kinds.protocol import Form, Response

LONGEST_LINE = 500


def first_line(form: Form, name: str, longest: int = LONGEST_LINE) -> str:
    """The first value of a field as one line: control characters and repeated spaces become one space."""
    values = form.get(name) or ("",)
    printable = "".join(letter if letter.isprintable() else " " for letter in str(values[0])[: longest * 4])
    return " ".join(printable.split())[:longest].strip()


def all_values(form: Form, name: str, most: int = 200) -> list[str]:
    """All values of a field, at most so many."""
    return [str(value) for value in (form.get(name) or ())[:most]]


def text_in(response: Response, name: str) -> str:
    """A text in a response; empty if there is none."""
    value = response.get(name) if isinstance(response, dict) else None
    return value if isinstance(value, str) else ""


def texts_in(response: Response, name: str) -> list[str]:
    """A list of texts in a response."""
    value = response.get(name) if isinstance(response, dict) else None
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def table_in(response: Response, name: str) -> dict[str, Any]:
    """A table of texts to values in a response."""
    value = response.get(name) if isinstance(response, dict) else None
    return {key: entry for key, entry in value.items() if isinstance(key, str)} if isinstance(value, dict) else {}


def text_table_in(response: Response, name: str) -> dict[str, str]:
    """A table of texts to texts in a response."""
    return {key: entry for key, entry in table_in(response, name).items() if isinstance(entry, str)}
