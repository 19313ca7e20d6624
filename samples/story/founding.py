"""How the demo's programme begins, and how visitors sign in."""

from datetime import datetime

from sqlalchemy import func, select, update

from db import bulk_upsert, db, table_of
from people.models import CompanySetting, Employee, Role
from people.roles.operations import grant_role
from people.settings.company_settings import change_settings
from people.sign_in.passwords import hash_password
from samples.story.days import RUNS
from samples.story.learning import example_learner
from samples.story.state import COURSES, STARTER, TRAINERS, Story
from training.assigning.models import Assignment
from training.courses.loading import load_course
from training.rules.course_files.course_text import CourseText
from training.rules.course_files.reader import read_course

PASSWORD = "larks rise over quiet kettles"  # noqa: S105 - shown on the demo's sign-in page


def found(story: Story) -> str:
    """Mark the company as made up, name its programme owner and reviewers, and load the two courses."""
    at, owner = story.calendar.at(RUNS[0], 7), story.owner_id
    store({"made_up": "1"})
    contact = db.session.get_one(Employee, owner)
    grant_role(contact, Role.OWNER, actor_id=None, at=at)
    for reviewer in story.reviewer_ids:
        grant_role(db.session.get_one(Employee, reviewer), Role.REVIEWER, actor_id=owner, at=at)
    facts = {"company_name": "Larkspur", "contact_name": contact.name, "contact_email": contact.email or ""}
    change_settings(facts, actor_id=owner, at=at)
    return ", ".join(load(slug, at) for slug in (STARTER, TRAINERS))


def load(slug: str, at: datetime) -> str:
    """Load a course from its files; returns its title."""
    text = read_course(COURSES / slug)
    assert isinstance(text, CourseText), text  # the courses of the samples are checked by the tests
    return load_course(text, at).course.title


def open_doors(story: Story) -> str:
    """Let everybody sign in with the one password of the demo, and say as whom visitors may look around."""
    db.session.execute(update(Employee).values(password_hash=hash_password(PASSWORD)))
    cast = story.company.cast
    people = {
        "Employee": example_learner(story),
        "Trainer": _busiest_trainer(),
        "Manager": story.id_of(cast.care_manager),
        "Programme owner": story.owner_id,
        "Reviewer": story.reviewer_ids[0],
    }
    emails = {row.id: row.email for row in db.session.execute(select(Employee.id, Employee.email))}
    lines = [f"{role}={emails[person]}" for role, person in people.items()]
    store({"demo_password": PASSWORD, "demo_sign_ins": "\n".join(lines)})
    return f"{len(lines)} roles to look around in"


def store(facts: dict[str, str]) -> None:
    """Keep facts about this installation, which are nobody's choice."""
    rows = [{"name": name, "value": value} for name, value in facts.items()]
    bulk_upsert(table_of(CompanySetting), rows, key="name", columns=["value"])


def _busiest_trainer() -> int:
    query = select(Assignment.trainer_id).where(Assignment.ends_at.is_(None)).group_by(Assignment.trainer_id)
    return db.session.scalars(query.order_by(func.count().desc(), Assignment.trainer_id).limit(1)).one()
