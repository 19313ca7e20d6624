"""Names for choices, sides and items that give nothing away.

A browser gets a key with each choice and sends back the keys that were chosen. The place in the file would tell much
(authors tend to write the right choice first), so the key is made of the text that the learner sees anyway. It stays
the same whatever the order on the page, so a response needs no seed to be graded.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from training.rules.kinds.protocol import FieldProblem, Specification

KEY = re.compile(r"[0-9a-f]{10}")


def key_of(specification: Specification, text: str) -> str:
    """The key of one text: carried over from an earlier version under `keys`, else made from the text."""
    carried = specification.get("keys")
    if isinstance(carried, dict) and isinstance(carried.get(text), str):
        return str(carried[text])
    return _made_from(text)


@lru_cache(maxsize=8192)
def _made_from(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def shuffled(specification: Specification, texts: Iterable[str], seed: int) -> list[str]:
    """The texts in an order that depends on the seed and on their keys only, not on the order they came in.

    Sorting by a hash instead of drawing from a generator keeps recorded seeds valid on every version of Python.
    """

    def place(text: str) -> bytes:
        return sha256(f"{seed}:{key_of(specification, text)}".encode()).digest()

    return sorted(texts, key=place)


def ordered(specification: Specification, texts: Sequence[str], seed: int) -> list[str]:
    """Shuffled by the seed, or as written if the specification says `shuffle: false`."""
    return shuffled(specification, texts, seed) if specification.get("shuffle", True) else list(texts)


def with_keys(specification: Specification, texts: Iterable[str]) -> list[dict[str, str]]:
    """Texts as a browser gets them."""
    return [{"key": key_of(specification, text), "text": text} for text in texts]


def by_key(specification: Specification, texts: Iterable[str]) -> dict[str, str]:
    """The texts under their keys, in the order given; a text that comes twice stands there once."""
    return {key_of(specification, text): text for text in texts}


def carried_keys(texts: dict[str, str], specification: Specification) -> dict[str, str]:
    """The `keys` of a new version, given how texts were reworded (new text -> old text).

    With them a response to the old version still means the same choices, so that it can be regraded.
    """
    return {new: key_of(specification, old) for new, old in texts.items()}


def keys_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with carried-over keys."""
    carried: Any = specification.get("keys", {})
    if not isinstance(carried, dict):
        return [FieldProblem(("keys",), "This is no list of texts with their keys.", "Leave it out.")]
    bad = [text for text, key in carried.items() if not isinstance(key, str) or not KEY.fullmatch(key)]
    problems = [
        FieldProblem(("keys", text), "A key is ten digits or letters a to f.", "Leave it out to get a new one.")
        for text in bad
    ]
    if not bad and len(set(carried.values())) != len(carried):
        problems.append(FieldProblem(("keys",), "Two texts have the same key.", "Leave one of them out."))
    return problems
