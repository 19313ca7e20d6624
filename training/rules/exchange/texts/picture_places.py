"""Where the pictures of a text went: kept under a new name, or replaced by their words with a remark."""

from collections.abc import Callable
from urllib.parse import urlsplit

from training.rules.exchange.pictures import Pictures, data_of_address
from training.rules.exchange.texts.escaping import escaped_inline
from training.rules.exchange.texts.nodes import Node

Find = Callable[[str], bytes | None]
"""The bytes of a picture by the address that a text names; None if the file does not have them."""


class PicturePlaces:
    """The pictures in the texts of one question. `remarks` says which could not be kept, and why."""

    def __init__(self, pictures: Pictures, find: Find) -> None:
        self.remarks: list[str] = []
        self._pictures = pictures
        self._find = find
        self._aside: dict[str, str] = {}

    def place(self, node: Node) -> tuple[str, str] | None:
        """The words and the new name of a picture, for texts that can show it."""
        address = node.get("src") or node.get("data")
        words = " ".join((node.get("alt") or node.get("title") or node.text()).split())
        name = self.keep(address)
        return (words or "Picture", name) if name else None

    def keep(self, address: str) -> str:
        """The new name of the picture at an address; empty, with a remark, if it is not kept."""
        try:
            data = data_of_address(address) or self._find(address)
            is_elsewhere = bool(urlsplit(address).netloc)
        except ValueError:
            data, is_elsewhere = None, False
        shown = "" if address.startswith("data:") else address[:80]
        if data is None:
            reason = "lies on another site" if is_elsewhere else "is not in the file"
            self.remarks.append(f"The picture {shown} {reason}.")
            return ""
        try:
            return self._pictures.keep("picture" if not shown else address, data)
        except ValueError as error:
            self.remarks.append(f"The picture {shown} {error}.")
            return ""

    def data(self, name: str) -> bytes:
        """The bytes of a picture that was kept."""
        return self._pictures.files[name]

    def in_short(self, node: Node) -> str:
        """What stands for a picture in a text that can show none: its words. It is shown with the question instead."""
        found = self.place(node)
        if found is None:
            return node.get("alt")
        words, name = found
        if words == "Picture" or words in self._aside:
            words = f"Picture {len(self._aside) + 1}"
        self._aside[words] = name
        return words

    def shown_aside(self, prompt: str) -> str:
        """A prompt with the pictures of short texts below it, each with its words."""
        shown = [f"{escaped_inline(words)}: ![{escaped_inline(words)}]({name})" for words, name in self._aside.items()]
        return "\n\n".join([prompt, *shown])
