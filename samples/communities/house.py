"""The accounts of the house in a real community: who runs the programme, who decides, who manages, and two to try.

The community's own people are nobody's to speak for. So each account of the house says in its name what it is, and only
two of the others get an address to sign in with: a learner and a trainer.
"""

import secrets
from datetime import datetime

from sqlalchemy import func, select, update

from champions.models import Score, ScoringRun
from champions.scoring.result import Band
from db import db
from people.directory.drafts import Facts
from people.directory.reading import COMMUNITY
from people.employees.operations import create_employee, edit_employee
from people.models import Employee, Role, Team
from people.roles.operations import grant_role
from people.sign_in.passwords import hash_password
from people.teams.operations import add_teams
from samples.story.founding import store
from training.assigning.models import Assignment

HOUSE = "house-"
DOMAIN = "house.example"
ACCOUNTS = {
    "owner": ("Programme owner", Role.OWNER),
    "reviewer": ("First reviewer", Role.REVIEWER),
    "second-reviewer": ("Second reviewer", Role.REVIEWER),
    "manager": ("Community manager", Role.MANAGER),
}
SYLLABLES = ("bdfghjklmnprstvz", "aeiou")


def enter_house(at: datetime) -> str:
    """Enter the accounts of the house and give each its role; the owner first, who then grants the others."""
    community = add_teams([COMMUNITY])[COMMUNITY]
    owner: int | None = None
    for key, (name, role) in ACCOUNTS.items():
        facts = Facts(
            name=name, email=f"{key}@{DOMAIN}", team=None, manager=None, site="", languages="", time_zone="UTC",
            starts_on=None, ends_on=None, job="Account of the house",
        )  # fmt: skip
        employee = create_employee(facts, external_id=f"{HOUSE}{key}", actor_id=owner, at=at)
        team = community if role is Role.MANAGER else None
        grant_role(employee, role, team_id=team, actor_id=owner, at=at)
        owner = owner or employee.id
    return f"{len(ACCOUNTS)} accounts"


def account(key: str) -> int:
    """The id of one account of the house."""
    return db.session.scalars(select(Employee.id).where(Employee.external_id == f"{HOUSE}{key}")).one()


def open_doors(at: datetime) -> str:
    """One password for the house and the two that may be tried, made anew; kept to be shown where one signs in."""
    owner = account("owner")
    people = {"Employee": _a_learner(), "Trainer": _busiest_trainer()}
    for role, employee_id in people.items():
        if employee_id is not None:
            _give_address(employee_id, f"{role.lower()}@{DOMAIN}", owner, at)
    password = new_password()
    may_sign_in = [account(key) for key in ACCOUNTS] + [one for one in people.values() if one is not None]
    db.session.execute(
        update(Employee).where(Employee.id.in_(may_sign_in)).values(password_hash=hash_password(password))
    )
    lines = [f"{role}={role.lower()}@{DOMAIN}" for role, one in people.items() if one is not None]
    lines += [f"{name}={key}@{DOMAIN}" for key, (name, _) in ACCOUNTS.items()]
    store({"demo_password": password, "demo_sign_ins": "\n".join(lines)})
    return f"{len(lines)} accounts, password: {password}"


def new_password() -> str:
    """Five made-up words of four letters: more than 60 bits, and it can be read out."""
    consonants, vowels = SYLLABLES
    words = ["".join(secrets.choice(consonants) + secrets.choice(vowels) for _ in range(2)) for _ in range(5)]
    return " ".join(words)


def _give_address(employee_id: int, email: str, owner: int, at: datetime) -> None:
    employee = db.session.get_one(Employee, employee_id)
    team = db.session.get(Team, employee.team_id) if employee.team_id else None
    facts = Facts(
        name=employee.name, email=email, team=team.full_name if team else None, manager=employee.manager_id,
        site=employee.site, languages=employee.languages, time_zone=employee.time_zone,
        starts_on=employee.starts_on, ends_on=employee.ends_on, job=employee.job,
    )  # fmt: skip
    edit_employee(employee, facts, actor_id=owner, at=at)


def _a_learner() -> int | None:
    """The learner with the highest score who is in no band of the latest run: there is something to see."""
    latest = select(func.max(ScoringRun.id)).scalar_subquery()
    learners = select(Assignment.learner_id).where(Assignment.ends_at.is_(None))
    query = select(Score.employee_id).where(
        Score.run_id == latest, Score.band == Band.NOT_SHOWN, Score.employee_id.in_(learners)
    )
    found = db.session.scalars(query.order_by(Score.value.desc(), Score.employee_id).limit(1)).first()
    return found or db.session.scalars(learners.order_by(Assignment.learner_id).limit(1)).first()


def _busiest_trainer() -> int | None:
    query = select(Assignment.trainer_id).where(Assignment.ends_at.is_(None)).group_by(Assignment.trainer_id)
    return db.session.scalars(query.order_by(func.count().desc(), Assignment.trainer_id).limit(1)).first()
