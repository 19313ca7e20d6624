"""The judge: holds what the database has against what learners were told. Every fault is named."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.exc import IntegrityError

from benchmarks.attempts.learners import Acknowledged, Log
from db import db, utcnow
from training.attempts.queries import counting_responses, placed_questions
from training.enrolment_models import Attempt, Enrolment, Grading, Response
from training.models import Course
from training.rules.attempts import mark_questions, quiz_result
from training.rules.kinds.protocol import TOLERANCE


@dataclass
class Verdict:
    """What was found, by kind of fault: the number, and some of the cases in words."""

    counts: Counter[str] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)

    def add(self, kind: str, cases: Iterable[str]) -> None:
        """Note faults of one kind."""
        listed = list(cases)
        self.counts[kind] += len(listed)
        self.cases += [f"{kind}: {case}" for case in listed[:3]]

    @property
    def faults(self) -> dict[str, int]:
        """The kinds of which there is at least one."""
        return {kind: count for kind, count in self.counts.items() if count}


def judge(log: Log, slug: str) -> Verdict:
    """Judge a run on the course `slug`; call inside an application context. Changes nothing."""
    verdict = Verdict()
    attempts = db.session.scalars(
        select(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Course.slug == slug)
    ).all()
    _judge_answers(verdict, log)
    _judge_gradings(verdict, log, attempts)
    verdict.add("graded otherwise than answered", filter(None, map(_graded_otherwise, attempts)))
    verdict.add("answered with an error", log.errors)
    _judge_database(verdict, attempts)
    return verdict


def _judge_answers(verdict: Verdict, log: Log) -> None:
    columns = (Response.attempt_id, Response.position, Response.page, Response.page_sequence, Response.answer)
    rows = db.session.execute(select(*columns, Response.sequence)).all()
    kept = Counter((row[0], row[1], row[2], row[3], row.answer.get("written")) for row in rows)
    lost = [one for one in set(log.saved) if not kept[_key(one)]]
    verdict.add("acknowledged answer lost", map(str, lost))
    verdict.add("answer kept twice", (str(key) for key, count in kept.items() if count > 1))
    newest = {(row.attempt_id, row.position): row.answer.get("written") for row in sorted(rows, key=_by_sequence)}
    told = {(one.attempt_id, one.position): one.answer for one in log.saved}  # the last one stays
    wrong = [key for key, answer in told.items() if newest.get(key, answer) != answer]
    verdict.add("another answer counts than the last", map(str, wrong))


def _by_sequence(row: Row[Any]) -> int:
    return int(row.sequence)


def _key(one: Acknowledged) -> tuple[int, int, str, int, str]:
    return (one.attempt_id, one.position, one.page, one.page_sequence, one.answer)


def _judge_gradings(verdict: Verdict, log: Log, attempts: Iterable[Attempt]) -> None:
    gradings = dict(db.session.execute(select(Grading.attempt_id, func.count()).group_by(Grading.attempt_id)).all())
    finished = {one.id for one in attempts if one.finished_at is not None}
    verdict.add("graded twice", (f"attempt {one}" for one in finished if gradings.get(one, 0) > 1))
    verdict.add("finished without a grade", (f"attempt {one}" for one in finished if not gradings.get(one)))
    verdict.add("grade without a finish", (f"attempt {one}" for one in set(gradings) - finished))
    verdict.add("acknowledged finish lost", (f"attempt {one}" for one in set(log.finished) - finished))


def _graded_otherwise(attempt: Attempt) -> str | None:
    """What is wrong if the grade does not follow from the answers that count, as it would when one slipped in late."""
    if attempt.fraction is None:
        return None
    marked = mark_questions(placed_questions(attempt.id), counting_responses(attempt.id))
    fraction = quiz_result(marked, attempt.pass_mark).fraction
    if abs(fraction - attempt.fraction) <= TOLERANCE:
        return None
    return f"attempt {attempt.id} has {attempt.fraction}, its answers are worth {fraction}"


def _judge_database(verdict: Verdict, attempts: Iterable[Attempt]) -> None:
    """The file is sound, and the tables themselves refuse a second grading."""
    if db.engine.dialect.name == "sqlite":
        found = [row[0] for row in db.session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        verdict.add("database damaged", found)
    graded = next((one.id for one in attempts if one.finished_at is not None), None)
    if graded is None:
        return
    db.session.add(Grading(attempt_id=graded, number=1, at=utcnow(), fraction=0.0, passed=False))
    try:
        db.session.flush()
        verdict.add("the tables take a second grading", [f"attempt {graded}"])
    except IntegrityError:
        pass
    finally:
        db.session.rollback()
