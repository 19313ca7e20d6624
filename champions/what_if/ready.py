"""The latest run's columns, prepared once in each web process and kept in memory until a newer run is asked about."""

from pathlib import Path
from threading import Lock

from champions.models import ScoringRun
from champions.runs.kept_columns import kept
from champions.scoring.parameters import Parameters
from champions.scoring.what_if import WhatIf

MOST_EVENTS = 2_000_000
"""Above this a web process would need more than a gibibyte for it, and a slider more than a few seconds."""

_lock = Lock()
_ready: dict[str, WhatIf] = {}


def ready(run: ScoringRun, instance: Path) -> WhatIf | None:
    """What-if on the data of a run, or None where they are not kept here."""
    with _lock:
        if run.digest not in _ready:
            columns = kept(run.digest, instance)
            if columns is None:
                return None
            prepared = WhatIf(columns, Parameters.from_json(run.parameters), run.as_of.timestamp())
            _ready.clear()
            _ready[run.digest] = prepared
        return _ready[run.digest]
