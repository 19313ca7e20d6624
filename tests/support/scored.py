"""A small scored company about the cast: outcomes that make amara and otto stand out, in one scoring run."""

from datetime import datetime, timedelta

from activity.models import ActivityEvent, Outcome, OutcomeCredit
from champions.models import ScoringRun
from champions.runs.operations import compute_run
from champions.scoring.parameters import Parameters
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast

HELD_BY = {"amara": (60, 40), "otto": (60, 34), "carla": (40, 8), "tomas": (40, 6), "ben": (30, 3), "dev": (8, 1)}


def add_activity(cast: Cast, at: datetime = NOW, days: int = 180) -> None:
    """Answers and accepted answers by the cast and by a crowd of forty others, over the `days` before `at`."""
    crowd = [
        Employee(external_id=f"c-{n}", name=f"Crowd {n}", team_id=cast.care_leeds, created_at=at) for n in range(40)
    ]
    db.session.add_all(crowd)
    db.session.flush()
    tries = {getattr(cast, name).id: numbers for name, numbers in HELD_BY.items()}
    tries.update({person.id: (12, 3) for person in crowd})
    for employee_id, (attempts, accepted) in tries.items():
        for number in range(attempts):
            moment = at - timedelta(days=days * number / attempts + 1, minutes=number)
            event = ActivityEvent(
                source="forum",
                external_id=f"a-{employee_id}-{number}",
                at=moment,
                employee_id=employee_id,
                verb="answer",
                channel="forum",
                target_id=cast.petra.id if number % 3 == 0 and employee_id != cast.petra.id else None,
            )
            db.session.add(event)
            db.session.flush()
            if (number + 1) * accepted // attempts > number * accepted // attempts:  # spread evenly
                _credit(event, employee_id, moment)
    db.session.flush()


def _credit(event: ActivityEvent, employee_id: int, moment: datetime) -> None:
    outcome = Outcome(source="forum", external_id=f"o-{event.id}", at=moment, kind="accepted", value=1.0)
    db.session.add(outcome)
    db.session.flush()
    db.session.add(OutcomeCredit(outcome_id=outcome.id, employee_id=employee_id, event_id=event.id))


def scored_run(cast: Cast, days: int = 180) -> ScoringRun:
    """Activity about the cast over the `days` before, and one run over it; committed."""
    add_activity(cast, days=days)
    run = compute_run(
        as_of=NOW, parameters=Parameters(), created_by_id=cast.petra.id, at=NOW, progress=lambda *news: None
    )
    db.session.commit()
    return run
