"""The objects that the matrix is walked against: what belongs to ben, to carla, or to nobody in particular.

A feature whose addresses name a new kind of object adds one line to `_owned` or `_shared`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from sqlalchemy import delete, select
from werkzeug.routing import Rule

from activity.models import ActivityEvent, Import, ImportState, Outcome, OutcomeCredit
from champions.contests.models import ScoreContest
from champions.models import HastyDecisions, Nomination, Score
from champions.naming.models import NamingRound, NamingTopic
from db import db
from jobs import operations
from jobs.models import JobState
from messages.kinds import Kind
from messages.models import Message
from messages.stopping import stop_address
from people.auditing import audit
from people.models import Employee, Role, RoleGrant
from people.sign_in.models import PasswordLink
from people.viewer import token_hash
from tests.support.cast import FOUNDED, NOW, Cast, Person, make_cast
from tests.support.certified import a_certificate, code_of
from tests.support.discussions import question_of
from tests.support.enrolling import a_leave, a_rule
from tests.support.handed_in import answers_to_grade
from tests.support.learning import begin, make_school
from tests.support.practising import card_of
from tests.support.scored import scored_run
from tests.support.tasks import work_and_reviews
from tests.support.written import two_drafts
from training.assigning.models import Plan, PlanState
from training.certificates import badge_keys
from training.certificates.badges import instance
from training.exchange.models import Picture, QuestionUpload
from training.meetings.calendar_feeds import renew_feed
from training.meetings.models import Meeting, MeetingSeat, OfficeHours, SeatState
from training.models import Lesson, Module, Question

MISSING: dict[type, Any] = {int: 987_654, str: "no-such-thing"}
EVERYBODY: frozenset[str] = frozenset()
SELF = {"/my-score/evidence": frozenset({"ben", "carla"})}
"""Pages about oneself that are missing for whom there is nothing: here, who has no score."""


@dataclass(frozen=True)
class Target:
    """Values for the parameters of an address, and whose object that is (empty: everybody's; None: no such object)."""

    label: str
    values: dict[str, Any]
    owners: frozenset[str] | None


@dataclass(frozen=True)
class World:
    """By name of a parameter: the values of ben's and carla's objects, or the one value that all share."""

    owned: dict[str, dict[str, Any]]
    shared: dict[str, tuple[Any, frozenset[str]]]

    def targets(self, rule: Rule) -> Iterator[Target]:
        """What to try an address with: ben's, carla's, one of each mixed up, and each part missing."""
        names = sorted(rule.arguments)
        unknown = [name for name in names if name not in self.owned and name not in self.shared]
        if unknown:
            raise LookupError(f"{rule}: say in tests/access/world.py what {unknown} are")
        mine = [name for name in names if name in self.owned]
        fixed = {name: self.shared[name][0] for name in names if name in self.shared}
        limits = [self.shared[name][1] for name in fixed if self.shared[name][1]]
        limits += [SELF[rule.rule]] if rule.rule in SELF else []
        for people in product(*(self.owned[name] for name in mine)):
            values = {name: self.owned[name][person] for name, person in zip(mine, people, strict=True)} | fixed
            one = len(set(people)) <= 1
            owners = frozenset(people) or (limits[0] if limits else EVERYBODY)
            yield Target("the object of " + " and ".join(people or ("all",)), values, owners if one else None)
        for name in names:
            whole = {other: self.owned[other]["ben"] for other in mine} | fixed
            yield Target(f"no such {name}", whole | {name: MISSING[type(whole[name])]}, None)


def make_world() -> World:
    """Store the cast with a score, a nomination, an attempt and a role each for ben and carla; commit."""
    cast = make_cast()
    run = scored_run(cast)
    _forget_what_was_scored(cast)
    school = make_school(cast)
    people = {"ben": cast.ben, "carla": cast.carla}
    first = db.session.scalars(select(Module).order_by(Module.position).limit(1)).one()
    lesson_slug = db.session.scalars(select(Lesson.slug).where(Lesson.module_id == first.id).limit(1)).one()
    question_id = db.session.scalars(select(Question.id).where(Question.module_id == first.id).limit(1)).one()
    attempts = {name: begin(school.enrolment(person), first.id).id for name, person in people.items()}
    job_id = _dead_job()
    task_id, pieces = work_and_reviews(school, people)
    owned = {
        "employee_id": {name: person.id for name, person in people.items()},
        "team_id": {name: person.team_id for name, person in people.items()},
        "grant_id": {name: _past_grant(person) for name, person in people.items()},
        "nomination_id": {name: _nomination(person, run.id, cast) for name, person in people.items()},
        "contest_id": {name: _contest(person, run.id) for name, person in people.items()},
        "attempt_id": attempts,
        "certificate_id": {name: a_certificate(school, person, cast).id for name, person in people.items()},
        "enrolment_id": {name: school.enrolments[person.id] for name, person in people.items()},
        "leave_id": {name: a_leave(person, cast).id for name, person in people.items()},
        "draft_id": two_drafts(cast),
        "card_id": {name: card_of(person).id for name, person in people.items()},
        "meeting_id": {"ben": _meeting(cast.amara, cast.ben), "carla": _meeting(cast.otto, cast.carla)},
        "hours_id": {"ben": _office_hours(cast.amara), "carla": _office_hours(cast.otto)},
        "message_id": {name: _message(person) for name, person in people.items()},
        **answers_to_grade(school, people),
        **pieces,
        "contribution_id": {name: question_of(school, person).id for name, person in people.items()},
    }
    enrolled = frozenset({"ben", "carla", "tomas"})
    shared = {
        "run_id": (run.id, EVERYBODY),
        "job_id": (job_id, EVERYBODY),
        "import_id": (_import(), EVERYBODY),
        "plan_id": (_plan(school.course_id, job_id), EVERYBODY),
        "flag_id": (_haste(cast), EVERYBODY),
        **_naming(cast),
        "position": (1, EVERYBODY),
        "module_id": (first.id, EVERYBODY),
        "module": ("listen", EVERYBODY),
        "lesson": ("hear", EVERYBODY),
        "question": ("single-choice", EVERYBODY),
        "number": (1, EVERYBODY),
        "question_id": (question_id, EVERYBODY),
        "slug": (school.slug, enrolled),
        "module_slug": (first.slug, enrolled),
        "lesson_slug": (lesson_slug, enrolled),
        "token": (_password_link(cast.tomas), EVERYBODY),
        "feed_secret": (renew_feed(cast.tomas.id, NOW), EVERYBODY),
        "stop_token": (stop_address(cast.tomas.id, Kind.MEETING).rpartition("/")[2], EVERYBODY),
        "task_id": (task_id, enrolled),
        "lesson_id": (next(iter(school.lessons.values())), enrolled),
        "thread_id": (question_of(school, cast.tomas).id, enrolled),
        "filename": ("house.css", EVERYBODY),
        "upload_id": (_question_file(cast.petra), EVERYBODY),
        "form": ("csv", EVERYBODY),
        "picture": (_picture(), EVERYBODY),
        "code": (code_of(cast.ben), EVERYBODY),
        "course_id": (school.course_id, EVERYBODY),
        "name": (badge_keys.signing_key(instance()).name, EVERYBODY),
        "rule_id": (a_rule(school.course_id, cast).id, EVERYBODY),
    }
    audit.append(audit.Verb.ACCOUNT_CREATED, actor_id=None, subject_id=cast.ben.id, at=NOW)
    db.session.commit()
    return World(owned, shared)


def _forget_what_was_scored(cast: Cast) -> None:
    """Keep the run and two scores alone: few rows are put back quickly."""
    kept = [person.id for person in cast.people]
    for model in (OutcomeCredit, Outcome, ActivityEvent):
        db.session.execute(delete(model))
    db.session.execute(delete(Score).where(Score.employee_id.not_in([cast.ben.id, cast.carla.id])))
    db.session.execute(delete(Employee).where(Employee.id.not_in(kept)))


def _past_grant(person: Person) -> int:
    grant = RoleGrant(employee_id=person.id, role=Role.REVIEWER, starts_at=FOUNDED, ends_at=NOW)
    return _stored(grant)


def _nomination(person: Person, run_id: int, cast: Cast) -> int:
    reason = "Customers accept nearly every answer."
    nomination = Nomination(
        employee_id=person.id, run_id=run_id, reason=reason, proposed_by_id=cast.sunniva.id, proposed_at=NOW
    )
    return _stored(nomination)


def _contest(person: Person, run_id: int) -> int:
    due = NOW + timedelta(days=14)
    contest = ScoreContest(
        employee_id=person.id, run_id=run_id, kind="fact", text="One is missing.", opened_at=NOW, due_at=due
    )
    return _stored(contest)


def _message(person: Person) -> int:
    return _stored(
        Message(
            employee_id=person.id,
            kind=Kind.MEETING,
            subject="A meeting is offered",
            text="Amara offers Tuesday.",
            path="/portal",
            key="meeting 1 offered",
            created_at=NOW,
        )
    )


def _meeting(trainer: Person, learner: Person) -> int:
    about = {"topic": "Answering in public", "place": "Room 4", "time_zone": "UTC", "minutes": 30, "seats": 1}
    starts_at = NOW.replace(year=2126)
    meeting_id = _stored(Meeting(trainer_id=trainer.id, starts_at=starts_at, created_at=NOW, **about))
    seat = MeetingSeat(meeting_id=meeting_id, learner_id=learner.id, state=SeatState.BOOKED, joined_at=NOW)
    db.session.add(seat)
    return meeting_id


def _office_hours(trainer: Person) -> int:
    about = {"topic": "Office hours", "place": "Room 4", "time_zone": "UTC", "minutes": 30, "seats": 1}
    when = {"weekday": 2, "minute": 600, "first_on": NOW.date(), "created_at": NOW}
    return _stored(OfficeHours(trainer_id=trainer.id, **about, **when))


def _haste(cast: Cast) -> int:
    return _stored(HastyDecisions(decided_by_id=cast.rafa.id, number=30, first_at=NOW, last_at=NOW))


def _naming(cast: Cast) -> dict[str, tuple[Any, frozenset[str]]]:
    days = {"opens_on": NOW.date(), "closes_on": NOW.date().replace(year=2126)}
    row = NamingRound(title="Spring", **days, reminds=True, created_by_id=cast.petra.id, created_at=NOW)
    round_id = _stored(row)
    topic_id = _stored(NamingTopic(round_id=round_id, position=1, name="returns"))
    return {"round_id": (round_id, EVERYBODY), "topic_id": (topic_id, EVERYBODY)}


def _dead_job() -> int:
    job = operations.enqueue("jobs.tidy", {}, actor_id=None, at=NOW)
    job.state = JobState.DEAD
    return job.id


def _import() -> int:
    kept = {"kind": "activity", "source": "forum", "file_name": "forum.csv", "stored_name": "gone", "digest": "0" * 64}
    return _stored(Import(**kept, mapping={}, state=ImportState.DONE, created_at=NOW))


def _plan(course_id: int, job_id: int) -> int:
    state = PlanState.COMPUTING
    return _stored(Plan(course_id=course_id, state=state, settings={}, summary={}, job_id=job_id, created_at=NOW))


def _question_file(person: Person) -> int:
    return _stored(QuestionUpload(employee_id=person.id, name="bank.txt", data=b"Is it so?{T}", created_at=NOW))


def _picture() -> str:
    db.session.add(Picture(digest="d" * 64, name="drum.gif", media_type="image/gif", data=b"GIF89a"))
    return f"{'d' * 64}.gif"


def _password_link(person: Person) -> str:
    token = "a-token-that-works-for-long"
    db.session.add(PasswordLink(token_hash=token_hash(token), employee_id=person.id, ends_at=NOW.replace(year=2126)))
    return token


def _stored(row: Any) -> int:
    db.session.add(row)
    db.session.flush()
    return int(row.id)
