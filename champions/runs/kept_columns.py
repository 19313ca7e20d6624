"""The columns of the latest run, kept in the instance folder, so that what-if need not read the database again.

One file a run, named by the digest of the run that read it. The newest two stay, so that a run that fails at the end
takes nothing away. A file holds nothing that the database does not hold; who opts out afterwards is left out by the
pages at once, and of the file with the next run.
"""

from pathlib import Path

from champions.runs import array_files
from champions.scoring.columns import Columns, Events, Outcomes, People

FOLDER = "columns"
KEPT = 2
TABLES = {"people": People, "events": Events, "outcomes": Outcomes}


def keep(columns: Columns, digest: str, instance: Path) -> Path:
    """Write the columns of the run with this digest, in one step, and remove older files. Returns the file."""
    folder = instance / FOLDER
    path = folder / f"{digest}.npz"
    array_files.write(path, {name: getattr(columns, name) for name in TABLES})
    for other in sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        other.unlink(missing_ok=True)
    return path


def kept(digest: str, instance: Path) -> Columns | None:
    """The columns of the run with this digest, or None if they are not (or no longer) kept."""
    tables = array_files.read(instance / FOLDER / f"{digest}.npz", TABLES)
    return None if tables is None else Columns(**tables)
