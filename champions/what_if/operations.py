"""Publishing other settings of the score: by an explicit step of the owner, with a reason, and never in silence."""

import json
from datetime import datetime
from typing import Any

from champions.runs.operations import SETTING
from champions.scoring.parameters import Parameters
from jobs.models import Job
from jobs.operations import enqueue
from people.refusal import RefusedError
from people.settings import company_settings

SHORTEST_REASON = 10
LONGEST_REASON = 500


def publish(parameters: Parameters, *, reason: str, actor_id: int, at: datetime) -> Job:
    """Store the settings as the published ones, note it in the audit trail, and put a run with them in line.

    Raises RefusedError if the reason is missing or the settings do not fit.
    """
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise RefusedError("Say in a sentence why: the run keeps it, and everybody who may open the run reads it.")
    text = json.dumps(parameters.to_json(), sort_keys=True, separators=(",", ":"))
    if len(text) > company_settings.LONGEST:
        raise RefusedError("There are too many kinds of outcome to give each a worth of its own.")
    company_settings.change_settings({SETTING: text}, actor_id=actor_id, at=at)
    payload: dict[str, Any] = {"actor_id": actor_id, "reason": words[:LONGEST_REASON]}
    return enqueue("champions.score", payload, actor_id=actor_id, at=at)
