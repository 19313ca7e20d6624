"""What the pages about rules show: all rules, what there is to choose from, and who a rule would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask import abort
from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from db import db
from languages import name_of
from people.models import Employee, Team
from people.teams.queries import MOST_OFFERED
from training.assigning.models import Assignment
from training.enrolling.criteria import means
from training.enrolling.evaluation import LEARNING, is_on
from training.enrolling.models import EnrolmentRule
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course
from training.rules.enrolling.conditions import About, Definition, from_json
from training.rules.enrolling.words import Names, in_words
from web import Page

A_PAGE = 20


class Move(StrEnum):
    """What a rule would do about somebody, in the order in which it is shown."""

    NEW = "new"
    BACK = "back"
    OUT = "out"
    STAYS = "stays"
    BY_HAND = "by hand"
    LEFT_BY_HAND = "left by hand"


MOVES = {
    Move.NEW: "comes in",
    Move.BACK: "comes back",
    Move.OUT: "goes out, keeps what is done",
    Move.STAYS: "is in, and stays",
    Move.BY_HAND: "is in by a person’s decision, untouched",
    Move.LEFT_BY_HAND: "was taken out by a person, untouched",
}


@dataclass(frozen=True)
class MovedPerson:
    """One person in a preview."""

    name: str
    team: str
    site: str
    starts_on: date | None
    move: Move


@dataclass(frozen=True)
class Preview:
    """Who a rule would move, counted, and one page of them."""

    counts: dict[Move, int]
    people: Page[MovedPerson]

    @property
    def meant(self) -> int:
        """How many people the rule means."""
        return sum(number for move, number in self.counts.items() if move is not Move.OUT)

    @property
    def coming(self) -> int:
        """How many would come in or back."""
        return self.counts.get(Move.NEW, 0) + self.counts.get(Move.BACK, 0)

    @property
    def going(self) -> int:
        """How many would go out."""
        return self.counts.get(Move.OUT, 0)


@dataclass(frozen=True)
class RuleLine:
    """One rule in the list: in words, and how many learners it holds now."""

    rule: EnrolmentRule
    course: str
    words: str
    learning: int
    completed: int


@dataclass(frozen=True)
class Offered:
    """What the editor offers to choose from, each as (value, text)."""

    courses: Sequence[tuple[int, str]]
    teams: Sequence[tuple[int, str]]
    sites: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    trainers: Sequence[tuple[int, str]]

    @property
    def names(self) -> Names:
        """The same to write a rule in words."""
        return Names(dict(self.teams), dict(self.trainers), dict(self.courses), dict(self.languages))


def access_rule(rule_id: int, *, lock: bool = False) -> EnrolmentRule:
    """The rule, locked where something will change; else 404. Rules are about nobody, so the permission is enough."""
    query = select(EnrolmentRule).where(EnrolmentRule.id == rule_id)
    rule = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    return rule or abort(404)


def rule_lines() -> list[RuleLine]:
    """Every rule with what it holds, those that are on first. Four statements or fewer."""
    learning = func.sum(case((Enrolment.state.in_(LEARNING), 1), else_=0))
    completed = func.sum(case((Enrolment.state == EnrolmentState.COMPLETED, 1), else_=0))
    held = (
        select(Enrolment.rule_id, learning.label("learning"), completed.label("completed"))
        .where(Enrolment.rule_id.is_not(None))
        .group_by(Enrolment.rule_id)
        .subquery()
    )
    query = (
        select(EnrolmentRule, Course.title, func.coalesce(held.c.learning, 0), func.coalesce(held.c.completed, 0))
        .join(Course, Course.id == EnrolmentRule.course_id)
        .outerjoin(held, held.c.rule_id == EnrolmentRule.id)
        .order_by(
            EnrolmentRule.deleted_at.is_not(None), EnrolmentRule.switched_off_at.is_not(None),
            Course.title, EnrolmentRule.name, EnrolmentRule.id,
        )
    )  # fmt: skip
    rows = db.session.execute(query).all()
    definitions = [from_json(row[0].definition) for row in rows]
    names = names_in(definitions)
    return [
        RuleLine(row[0], row[1], in_words(one, names), int(row[2]), int(row[3]))
        for row, one in zip(rows, definitions, strict=True)
    ]


def names_in(definitions: Sequence[Definition]) -> Names:
    """The names of what these rules speak of. Three statements or fewer."""
    ids: dict[About, set[int]] = {About.TEAM: set(), About.TRAINER: set(), About.RESULT: set()}
    languages = {}
    for one in (one for definition in definitions for one in definition.conditions()):
        if isinstance(one.value, int) and one.about in ids:
            ids[one.about].add(one.value)
        elif one.about is About.LANGUAGE:
            languages[str(one.value)] = name_of(str(one.value))

    def named(label: ColumnElement[str], key: ColumnElement[int], wanted: set[int]) -> dict[int, str]:
        if not wanted:
            return {}
        return {row[0]: row[1] for row in db.session.execute(select(key, label).where(key.in_(wanted)))}

    return Names(
        teams=named(Team.name.expression, Team.id.expression, ids[About.TEAM]),
        people=named(Employee.name.expression, Employee.id.expression, ids[About.TRAINER]),
        courses=named(Course.title.expression, Course.id.expression, ids[About.RESULT]),
        languages=languages,
    )


def offered() -> Offered:
    """What the editor offers. Five statements."""
    courses = db.session.execute(select(Course.id, Course.title).order_by(Course.title)).all()
    teams = db.session.execute(select(Team.id, Team.full_name).order_by(Team.full_name).limit(MOST_OFFERED)).all()
    sites = db.session.scalars(select(Employee.site).where(Employee.site != "").distinct().order_by(Employee.site))
    spoken = db.session.scalars(select(Employee.languages).where(Employee.languages != "").distinct()).all()
    codes = sorted({code for text in spoken for code in text.split(";") if code}, key=name_of)
    teaching = select(Assignment.trainer_id).where(Assignment.ends_at.is_(None))
    trainers = db.session.execute(
        select(Employee.id, Employee.name).where(Employee.id.in_(teaching)).order_by(Employee.name, Employee.id)
    ).all()
    return Offered(
        courses=[(row[0], row[1]) for row in courses],
        teams=[(row[0], row[1]) for row in teams],
        sites=[(site, site) for site in sites],
        languages=[(code, name_of(code)) for code in codes],
        trainers=[(row[0], row[1]) for row in trainers],
    )


def preview(definition: Definition, course_id: int, rule_id: int | None, at: datetime, page: int) -> Preview:
    """Who this rule would bring in and take out if it were saved now. Three statements; nothing is written."""
    meant = means(definition, at)
    query = select(EnrolmentRule).where(EnrolmentRule.course_id == course_id, is_on())
    others = [means(from_json(one.definition), at) for one in db.session.scalars(query) if one.id != rule_id]
    out = false() if rule_id is None else and_(
        ~func.coalesce(meant, false()),
        Enrolment.rule_id == rule_id,
        Enrolment.state.in_(LEARNING),
        ~func.coalesce(or_(*others), false()) if others else ~false(),
    )  # fmt: skip
    by_hand, gone = Enrolment.rule_id.is_(None), Enrolment.state == EnrolmentState.WITHDRAWN
    move = case(
        (out, Move.OUT.value),
        (Enrolment.id.is_(None), Move.NEW.value),
        (by_hand & gone, Move.LEFT_BY_HAND.value),
        (by_hand, Move.BY_HAND.value),
        (gone, Move.BACK.value),
        else_=Move.STAYS.value,
    )
    here = and_(Enrolment.learner_id == Employee.id, Enrolment.course_id == course_id)
    joined = select(move.label("move")).select_from(Employee).outerjoin(Enrolment, here).where(or_(meant, out))
    sub = joined.subquery()
    counts = {Move(row[0]): row[1] for row in db.session.execute(select(sub.c.move, func.count()).group_by(sub.c.move))}
    order = case({one.value: place for place, one in enumerate(Move)}, value=move)
    rows = db.session.execute(
        joined.add_columns(Employee.name, func.coalesce(Team.name, "").label("team"), Employee.site, Employee.starts_on)
        .outerjoin(Team, Team.id == Employee.team_id)
        .order_by(order, Employee.name, Employee.id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
    ).all()
    people = [MovedPerson(row.name, row.team, row.site, row.starts_on, Move(row.move)) for row in rows]
    return Preview(counts, Page(people, page, sum(counts.values()), A_PAGE))
