"""Teams that help each other, for the picture of the help network."""

from activity.models import ActivityEvent
from champions.runs.operations import compute_run
from champions.scoring.parameters import Parameters
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast


def help_each_other(cast: Cast) -> dict[str, list[Employee]]:
    """Ten people of Care Leeds help ten of Sales, and six of Care Porto help six of Sales; one run."""
    crowd: dict[str, list[Employee]] = {}
    for team, key in ((cast.care_leeds, "leeds"), (cast.care_porto, "porto"), (cast.sales, "sales")):
        crowd[key] = [
            Employee(external_id=f"{key}-{n}", name=f"{key.title()} {n}", team_id=team, created_at=NOW)
            for n in range(10)
        ]
        db.session.add_all(crowd[key])
    db.session.flush()
    for number in range(10):
        for key in ("leeds", "porto")[: 2 if number < 6 else 1]:
            db.session.add(
                ActivityEvent(
                    source="desk",
                    external_id=f"{key}-{number}",
                    at=NOW.replace(hour=1, minute=number),
                    employee_id=crowd[key][number].id,
                    target_id=crowd["sales"][number].id,
                    verb="answer",
                    channel="desk",
                )
            )
    db.session.flush()
    compute_run(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    db.session.commit()
    return crowd
