"""Check one question while the attempt is under way. Each check appends a try. Nothing here commits.

Whoever checks has locked the attempt, so that a button pressed twice is one try; the page says which try it is, so that
a request that was sent again is none.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from db import bulk_insert, db, table_of
from training.attempts.models import QuestionTry
from training.attempts.queries import parts_as_stored, placed
from training.attempts.tries import Checked, behaviour_of, marked_by_tries, responses_and_tries, stands, tries_of
from training.enrolment_models import Attempt, AttemptQuestion, Response
from training.models import QuestionVersion
from training.rules.attempts import GivenResponse, MarkedQuestion, PlacedQuestion, mark_question
from training.rules.behaviours.behaviour import BehaviourRules
from training.rules.behaviours.tries import Standing
from training.rules.kinds.catalogue import kind_of

LONGEST_SUMMARY = 1000


class NotAnsweredError(ValueError):
    """There is nothing to check yet; the message says what is missing."""


class TriedBeforeError(ValueError):
    """The same answer was checked before and was not right: it costs no try and earns nothing."""


def check(attempt: Attempt, place: AttemptQuestion, version: QuestionVersion, number: int, at: datetime) -> Standing:
    """Check the answer that counts at `place` as try `number` (from 1) and close the question if it was the last.

    `attempt` must be locked, and of a behaviour that checks each question. A number that is not the next try is a
    request that came twice or late: nothing happens. Raises NotAnsweredError, TriedBeforeError.
    """
    rules, tries = behaviour_of(attempt), tries_of(attempt.id)
    own = tries.get(place.position, [])
    if place.closed_at is not None or number != len(own) + 1:
        return stands(rules, own)
    given = _last_response(place)
    question = placed(place, version)
    missing = kind_of(question.specification).missing(question.specification, given.answer if given else {})
    if given is None or missing:
        raise NotAnsweredError(missing or "Answer first.")
    if not rules.chooses_next and any(one.answer == given.answer for one in own):
        raise TriedBeforeError("You have tried this answer. Choose another; it costs no try.")
    made = _made_try(question, given, len(own) + 1, _rounds(tries) + 1)
    _store(attempt.id, [(made, given)], at)
    stand = stands(rules, [*own, made])
    if stand.closed:
        _close(place, marked_by_tries(question, rules, [*own, made]), at)
    db.session.flush()
    return stand


def final_marks(attempt: Attempt, questions: Sequence[PlacedQuestion], at: datetime) -> tuple[MarkedQuestion, ...]:
    """What each question is worth at the end. An answer that was given and not checked is checked now, as a try.

    In practice a question that was checked has been explained: what was given after that counts for nothing.
    """
    rules = behaviour_of(attempt)
    given, tries = responses_and_tries(attempt.id)
    count, marked, made = _rounds(tries), [], []
    for question in questions:
        own, response = list(tries.get(question.position, [])), given.get(question.position)
        if response is not None and response.answer and _may_try(rules, own, response):
            count += 1
            own.append(_made_try(question, response, len(own) + 1, count))
            made.append((own[-1], response))
        marked.append(marked_by_tries(question, rules, own) if own else mark_question(question, None))
    _store(attempt.id, made, at)
    return tuple(marked)


def _may_try(rules: BehaviourRules, own: Sequence[Checked], response: GivenResponse) -> bool:
    if rules.chooses_next and own:
        return False
    return not stands(rules, own).closed and all(one.answer != response.answer for one in own)


def _made_try(question: PlacedQuestion, given: GivenResponse, number: int, round_number: int) -> Checked:
    marked = mark_question(question, given)
    return Checked(question.position, number, round_number, given.answer, marked.graded, marked.summary)


def _store(attempt_id: int, made: Sequence[tuple[Checked, GivenResponse]], at: datetime) -> None:
    rows = [
        {
            "attempt_id": attempt_id,
            "position": one.position,
            "number": one.number,
            "sequence": given.sequence,
            "round": one.round,
            "fraction": one.graded.fraction,
            "state": one.graded.state.value,
            "parts": parts_as_stored(one.graded),
            "summary": one.summary[:LONGEST_SUMMARY],
            "at": at,
        }
        for one, given in made
    ]
    bulk_insert(table_of(QuestionTry), rows)


def _close(place: AttemptQuestion, marked: MarkedQuestion, at: datetime) -> None:
    place.fraction, place.state = marked.graded.fraction, marked.graded.state.value
    place.parts, place.summary = parts_as_stored(marked.graded), marked.summary[:LONGEST_SUMMARY]
    place.closed_at = at


def _rounds(tries: Mapping[int, Sequence[Checked]]) -> int:
    return sum(len(own) for own in tries.values())


def _last_response(place: AttemptQuestion) -> GivenResponse | None:
    here = (Response.attempt_id == place.attempt_id, Response.position == place.position)
    last = select(func.max(Response.sequence)).where(*here).scalar_subquery()
    row = db.session.scalars(select(Response).where(*here, Response.sequence == last)).one_or_none()
    return GivenResponse(row.position, row.sequence, row.answer, row.at) if row else None
