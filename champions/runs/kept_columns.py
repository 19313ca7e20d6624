"""The columns of the latest run, kept in the instance folder, so that what-if need not read the database again.

One file a run, plain numbers and names (`numpy` without pickles), named by the digest of the run that read it. The
newest two stay, so that a run that fails at the end takes nothing away. A file holds nothing that the database does not
hold; who opts out afterwards is left out by the pages at once, and of the file with the next run.
"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from champions.scoring.columns import Columns, Events, Outcomes, People

FOLDER = "columns"
KEPT = 2
TABLES = {"people": People, "events": Events, "outcomes": Outcomes}


def keep(columns: Columns, digest: str, instance: Path) -> Path:
    """Write the columns of the run with this digest, in one step, and remove older files. Returns the file."""
    folder = instance / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path, draft = folder / f"{digest}.npz", folder / f"{digest}.draft"
    with draft.open("wb") as handle:
        np.savez(handle, **dict(_arrays(columns)))
    draft.replace(path)
    for other in sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        other.unlink(missing_ok=True)
    return path


def kept(digest: str, instance: Path) -> Columns | None:
    """The columns of the run with this digest, or None if they are not (or no longer) kept."""
    path = instance / FOLDER / f"{digest}.npz"
    try:
        with np.load(path, allow_pickle=False) as arrays:
            tables = {name: _table(kind, name, arrays) for name, kind in TABLES.items()}
    except (FileNotFoundError, KeyError, ValueError, EOFError):
        return None
    return Columns(**tables)


def _arrays(columns: Columns) -> Iterator[tuple[str, Any]]:
    for name in TABLES:
        table = getattr(columns, name)
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
