"""Events and outcomes of one month as plain arrays, whoever may be scored: what is read once and kept.

People are numbers of the directory (0: nobody); names of verbs, channels, sources and kinds are numbers into the tuples
beside them. Who may be scored, and which row answers which, is worked out when months are put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import NOT_STATED, Codes, Numbers, Reals, Truths

Ids = NDArray[np.int64]
Keys = NDArray[np.uint64]
NAMES = "_names"


@dataclass(frozen=True, eq=False)
class EventRows:
    """Events. `key` is a key of the id in its source, `reply` the key of the event that is answered, 0 if none."""

    ids: Ids
    at: Reals
    employee: Ids
    target: Ids
    verb: Codes
    channel: Numbers
    magnitude: NDArray[np.float32]
    reach: NDArray[np.int8]
    is_copy: Truths
    from_library: Truths
    source: Codes
    key: Keys
    reply: Keys
    verb_names: tuple[str, ...] = ()
    channel_names: tuple[str, ...] = ()
    source_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class OutcomeRows:
    """Credited outcomes: whom, what share of the value, and the id of the event that brought it (0: not known)."""

    at: Reals
    employee: Ids
    kind: Codes
    value: Reals
    event: Ids
    kind_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.at)


Rows = TypeVar("Rows", EventRows, OutcomeRows)


def coded(values: Sequence[str | None], kind: Any) -> tuple[Any, tuple[str, ...]]:
    """Numbers for names in the order of the alphabet; NOT_STATED for an empty one."""
    names = tuple(sorted({value for value in values if value}))
    number = {name: place for place, name in enumerate(names)}
    codes = np.fromiter((number.get(value or "", NOT_STATED) for value in values), kind, len(values))
    return codes, names


def together(months: Sequence[Rows]) -> Rows:
    """All rows of several months, one month after another, with common numbers for names. At least one month."""
    first = months[0]
    values: dict[str, Any] = {}
    for field in fields(first):
        if field.name.endswith(NAMES):
            column = field.name.removesuffix(NAMES)
            names = tuple(sorted({name for month in months for name in getattr(month, field.name)}))
            values[field.name] = names
            values[column] = np.concatenate([_renamed(month, column, names) for month in months])
        elif field.name not in values and not hasattr(first, field.name + NAMES):
            values[field.name] = np.concatenate([getattr(month, field.name) for month in months])
    return type(first)(**values)


def marked(rows: Rows, which: Truths) -> Rows:
    """The rows that are marked."""
    arrays = {field.name: getattr(rows, field.name)[which] for field in fields(rows) if not field.name.endswith(NAMES)}
    return replace(rows, **arrays)


def _renamed(month: Any, column: str, names: tuple[str, ...]) -> Any:
    """One month's numbers of a column, by the common names."""
    codes = getattr(month, column)
    number = {name: place for place, name in enumerate(names)}
    table = [number[name] for name in getattr(month, column + NAMES)]
    return np.array([*table, NOT_STATED], codes.dtype)[codes]  # the last entry answers for NOT_STATED
