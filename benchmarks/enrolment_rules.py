"""Speed of the rules for enrolment: a made-up company, rules of every kind over five courses, the embedded database.

    python -m benchmarks.enrolment_rules                                100,000 people, 20 rules
    python -m benchmarks.enrolment_rules --people 10000 --rules 5       fewer

Prints a table. `first`: everything is new, most people are enrolled somewhere. `unchanged`: nothing has happened since.
`reorganised`: one person in ten has another team. `telling`: whom the first evaluation enrolled is told, which follows
in the same job. `a look`: what the job costs that looks for changes every few minutes and finds none.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, select, update

from app import create_app
from db import bulk_insert, db, table_of
from people.models import Employee, Role, RoleGrant, Team
from training.enrolling import watch
from training.enrolling.evaluation import evaluate
from training.enrolling.models import EnrolmentRule
from training.enrolling.telling import tell_enrolled
from training.enrolment_models import Enrolment
from training.models import Course
from training.rules.enrolling.conditions import About, Condition, Definition, Group, Join, as_json

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
COURSES, TEAMS, SITES = 5, 400, 12
LANGUAGES = ("en", "pt;en", "pl", "de;en", "fr")


def make_company(people: int, rng: np.random.Generator) -> None:
    """Teams in a tree of three levels, people in them, a manager for each team."""
    paths = {1: "/1/"}
    rows = [{"id": 1, "name": "Company", "full_name": "Company", "path": "/1/", "parent_id": None}]
    for one in range(2, TEAMS + 1):
        parent = 1 if one <= 20 else 2 + (one - 2) % 19
        paths[one] = f"{paths[parent]}{one}/"
        rows.append({"id": one, "name": f"T{one}", "full_name": f"T{one}", "path": paths[one], "parent_id": parent})
    bulk_insert(table_of(Team), rows)
    started = rng.integers(0, 3000, people)
    staff = [
        {
            "external_id": f"p{one}", "name": f"Person {one}", "email": f"p{one}@company.example",
            "team_id": int(team), "site": f"Site {one % SITES}", "languages": LANGUAGES[one % len(LANGUAGES)],
            "starts_on": date(2026, 3, 2) - timedelta(days=int(days)), "created_at": NOW,
        }
        for one, (team, days) in enumerate(zip(rng.integers(1, TEAMS + 1, people), started, strict=True))
    ]  # fmt: skip
    bulk_insert(table_of(Employee), staff)
    managers = [
        {"employee_id": one, "role": Role.MANAGER.value, "team_id": one, "starts_at": NOW - timedelta(days=90)}
        for one in range(1, min(TEAMS, people) + 1)
    ]
    bulk_insert(table_of(RoleGrant), managers)


def make_rules(number: int) -> None:
    """Courses, and rules of every kind; one in five means half the company, the others less."""
    facts: dict[str, Any] = {"summary": "", "language": "en", "audience": "everyone", "introduction": "", "digest": ""}
    for one in range(1, COURSES + 1):
        course = {"id": one, "slug": f"c{one}", "title": f"Course {one}", "pass_mark": 0.7, "loaded_at": NOW}
        bulk_insert(table_of(Course), [course | facts])
    for one in range(number):
        db.session.add(
            EnrolmentRule(
                name=f"Rule {one}",
                course_id=1 + one % COURSES,
                definition=as_json(definition(one)),
                due_from="hiring" if one % 2 else "enrolment",
                due_days=42,
                remind_before=[7],
                remind_after=[1],
                created_at=NOW,
            )
        )
    db.session.flush()


def definition(one: int) -> Definition:
    """The rule with this number."""
    team = Condition(About.TEAM, 2 + one % 19)
    kinds = (
        (Condition(About.TEAM, 2 + one % 9), Condition(About.LANGUAGE, "en")),
        (Condition(About.ROLE, "manager"), team),
        (Condition(About.SITE, f"Site {one % SITES}"), Condition(About.STARTED, test="within", days=365)),
        (team, Condition(About.RESULT, 1 + (one + 1) % COURSES, test="completed", negated=True)),
        (Condition(About.STARTED, test="before", day=date(2022, 1, 1)), Condition(About.ROLE, "manager", negated=True)),
    )
    join = Join.ANY if one % 5 == 1 else Join.ALL
    return Definition(Join.ALL, (Group(join, kinds[one % len(kinds)]),))


def reorganise(people: int, rng: np.random.Generator) -> None:
    """Give one person in ten another team."""
    moving = rng.choice(people, people // 10, replace=False) + 1
    for team in range(1, 51):
        some = [int(one) for one in moving[team - 1 :: 50]]
        db.session.execute(
            update(Employee).where(Employee.id.in_(some)).values(team_id=team),
            execution_options={"synchronize_session": False},
        )


def timed(name: str, work: Callable[[], Any]) -> None:
    """Do it, commit, and print how long that took by the clock."""
    begin = time.perf_counter()
    came = work()
    db.session.commit()
    print(f"{name:<14}{time.perf_counter() - begin:>10.2f}   {getattr(came, 'words', came)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"MODE": "testing", "INSTANCE_DIR": folder})
        with app.app_context():
            db.create_all()
            make_company(options.people, rng)
            make_rules(options.rules)
            db.session.commit()
            print(f"{options.people:,} people, {options.rules} rules\n{'step':<14}{'seconds':>10}   what came of it")
            timed("first", lambda: evaluate(NOW))
            print(f"{'':<27}{db.session.scalar(select(func.count(Enrolment.id))):,} enrolments")
            timed("telling", lambda: tell_enrolled(NOW))
            timed("unchanged", lambda: evaluate(NOW + timedelta(hours=1)))
            reorganise(options.people, rng)
            timed("reorganised", lambda: evaluate(NOW + timedelta(hours=2)))
            watch.evaluate_all(NOW + timedelta(hours=2))
            timed("a look", lambda: watch.look(NOW + timedelta(hours=3)) or "nothing has changed")


if __name__ == "__main__":
    main()
