"""Frozen tables of arrays and names as files of plain numbers (numpy, without pickles)."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

BROKEN = (FileNotFoundError, KeyError, ValueError, EOFError, zipfile.BadZipFile, TypeError)
"""What reading a file may raise that is not there, not whole, or of an earlier version (without a column of today)."""


def write(path: Path, tables: Mapping[str, Any]) -> None:
    """Write tables (frozen dataclasses) by name, in one step: a file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as handle:
        np.savez(handle, **dict(_arrays(tables)))
    draft.replace(path)


def read(path: Path, kinds: Mapping[str, type]) -> dict[str, Any] | None:
    """The tables of a file by name, each of its kind; None if the file is not there or not whole."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: _table(kind, name, arrays) for name, kind in kinds.items()}
    except BROKEN:
        return None


def _arrays(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, table in tables.items():
        for field in fields(table):
            value = getattr(table, field.name)
            if value is not None:
                yield f"{name}.{field.name}", np.asarray(value) if len(value) else np.zeros(0, _empty(value))


def _empty(value: Any) -> Any:
    return value.dtype if isinstance(value, np.ndarray) else "U1"


def _table(kind: Any, name: str, arrays: Any) -> Any:
    values = {}
    for field in fields(kind):
        key = f"{name}.{field.name}"
        if key in arrays:
            array = arrays[key]
            values[field.name] = tuple(array.tolist()) if array.dtype.kind == "U" else array
    return kind(**values)
