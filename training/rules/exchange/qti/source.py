"""Where an item comes from: a file of its own, or a package that holds its pictures and shared texts as well."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from training.rules.course_files.course_text import About
from training.rules.exchange.decoding import decoded
from training.rules.exchange.qti.content import Content
from training.rules.exchange.qti.names import unify
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.xml_tree import read_xml

Open = Callable[[str], bytes | None]
"""The bytes of a file in the package by its path; None if it is not there."""


def nothing_beside(path: str) -> bytes | None:
    """For a file that comes alone."""
    return None


@dataclass(frozen=True)
class ItemPlace:
    """An item's file in its package, what the package says of it, and the way to the files beside it."""

    file: str = ""
    open: Open = nothing_beside
    weight: float = 1.0
    topic: str = ""
    about: About | None = None
    pool: str = ""

    def picture(self, address: str) -> bytes | None:
        """The bytes of a picture that the item names."""
        path = beside(self.file, address)
        return self.open(path) if path else None

    def shared_texts(self, item: Node, content: Content) -> list[str]:
        """The texts that several items share and this one refers to, as Markdown."""
        return list(filter(None, (self._shared(one, content) for one in item.elements("assessmentStimulusRef"))))

    def _shared(self, reference: Node, content: Content) -> str:
        path = beside(self.file, reference.get("href"))
        data = self.open(path) if path else None
        if data is None:
            content.remarks.append(f"The shared text {reference.get('href')[:80]} is not in the file.")
            return ""
        try:
            root = unify(read_xml(decoded(data)))
        except UnreadableError as error:
            content.remarks.append(f"The shared text {path} cannot be read: {error.message}")
            return ""
        body = root.first("stimulusBody")
        return content.markdown(body) if body else ""


def beside(file: str, address: str) -> str:
    """The path in a package that an address in one of its files means; empty if it leads out of the package."""
    plain = unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/").strip()
    if not plain or "://" in plain or plain.startswith(("data:", "//")):
        return ""
    joined = plain.lstrip("/") if plain.startswith("/") else posixpath.join(posixpath.dirname(file), plain)
    path = posixpath.normpath(joined)
    return "" if path.startswith("..") or path == "." else path
