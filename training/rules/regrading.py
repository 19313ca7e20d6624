"""Grade finished attempts again by another version of one question: facts in, changes out. Nothing is saved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from training.rules.attempts import (
    CountPolicy,
    GivenResponse,
    MarkedQuestion,
    PlacedQuestion,
    counted_fraction,
    mark_question,
    quiz_result,
    reaches,
)
from training.rules.behaviours.behaviour import BehaviourRules
from training.rules.behaviours.tries import Try, standing
from training.rules.kinds.catalogue import GRADED_BY_PEOPLE, NOT_GRADED, kind_of
from training.rules.kinds.protocol import TOLERANCE, Graded, Specification


@dataclass(frozen=True)
class FinishedAttempt:
    """A finished attempt as it stands: its questions with what they earned, and its result.

    `series` names the attempts of one learner at one quiz, `number` its place among them.
    """

    id: int
    series: int
    number: int
    rules: BehaviourRules
    pass_mark: float
    fraction: float
    passed: bool
    marked: tuple[MarkedQuestion, ...]


@dataclass(frozen=True)
class ToGrade:
    """A question of an attempt that is graded again: its place, the response that counts, and the answers tried."""

    attempt_id: int
    position: int
    given: GivenResponse | None
    tried: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Change:
    """What a regrading does to one attempt. `position` is None where only what counts over several attempts moves.

    `is_lost` says that there was an answer, and the version to grade by does not know what it names.
    """

    attempt_id: int
    position: int | None
    before: MarkedQuestion | None
    after: MarkedQuestion | None
    fraction_before: float
    fraction_after: float
    passed_before: bool
    passed_after: bool
    is_lost: bool = False

    @property
    def passes(self) -> bool:
        """Whether the attempt passes now and did not before."""
        return self.passed_after and not self.passed_before

    @property
    def fails(self) -> bool:
        """Whether the attempt passed before and does not now."""
        return self.passed_before and not self.passed_after


def refusal(before: Specification, after: Specification) -> str:
    """Why answers to one version cannot be graded by another; empty if they can."""
    if before["kind"] != after["kind"]:
        return f"It was of kind {before['kind']}, and this version is of kind {after['kind']}: the answers do not fit."
    if after["kind"] in GRADED_BY_PEOPLE:
        return "A person grades this kind: give another grade where the work is."
    return "This kind has no right and wrong." if after["kind"] in NOT_GRADED else ""


def graded_again(question: PlacedQuestion, rules: BehaviourRules, to_grade: ToGrade) -> MarkedQuestion:
    """What a question is worth by another version, under the behaviour of its attempt."""
    if not rules.checks_each or not to_grade.tried:
        return mark_question(question, to_grade.given, rules.asks_certainty)
    kind = kind_of(question.specification)
    graded = [kind.grade(question.specification, answer) for answer in to_grade.tried]
    stand = standing(rules, [Try(place, one.fraction, one.state) for place, one in enumerate(graded, 1)])
    best = graded[stand.counting - 1]
    summary = kind.summary(question.specification, to_grade.tried[stand.counting - 1])
    return MarkedQuestion(question, Graded(stand.fraction, best.state, best.parts), summary)


def changes(
    attempts: Iterable[FinishedAttempt],
    to_grade: Mapping[int, ToGrade],
    version_of: Mapping[int, PlacedQuestion],
    policy: CountPolicy,
    keep_passes: bool,
) -> list[Change]:
    """What changes in these attempts, by attempt; attempts that stay as they are, are left out.

    `attempts` are all finished attempts of the learners concerned at the quiz. `version_of` has, by attempt, the
    question to grade by, at its place. With `keep_passes` who has passed stays passed.
    """
    found: dict[int, Change] = {}
    series: dict[int, list[FinishedAttempt]] = defaultdict(list)
    for attempt in attempts:
        series[attempt.series].append(attempt)
        if attempt.id in to_grade:
            found[attempt.id] = _change(attempt, to_grade[attempt.id], version_of[attempt.id])
    for own in series.values():
        _pass_again(sorted(own, key=lambda one: one.number), found, policy, keep_passes)
    return [one for one in found.values() if _matters(one)]


def _change(attempt: FinishedAttempt, to_grade: ToGrade, question: PlacedQuestion) -> Change:
    before = next(one for one in attempt.marked if one.question.position == to_grade.position)
    after = graded_again(question, attempt.rules, to_grade)
    marked = [after if one.question.position == to_grade.position else one for one in attempt.marked]
    result = quiz_result(marked, attempt.pass_mark)
    return Change(
        attempt.id,
        to_grade.position,
        before,
        after,
        attempt.fraction,
        result.fraction,
        attempt.passed,
        bool(result.passed),
        is_lost=bool(before.summary) and not after.summary,
    )


def _pass_again(
    own: Sequence[FinishedAttempt], found: dict[int, Change], policy: CountPolicy, keep_passes: bool
) -> None:
    """Say of each attempt of a learner whether the quiz counts as passed with it, as the quiz counts."""
    if not any(one.id in found for one in own):
        return
    fractions: list[float] = []
    for attempt in own:
        change = found.get(attempt.id) or Change(
            attempt.id, None, None, None, attempt.fraction, attempt.fraction, attempt.passed, attempt.passed
        )
        fractions.append(change.fraction_after)
        if policy in (CountPolicy.FIRST, CountPolicy.MEAN):
            passed = reaches(counted_fraction(fractions, policy) or 0.0, attempt.pass_mark)
        else:
            passed = change.passed_after
        found[attempt.id] = replace(change, passed_after=passed or (keep_passes and attempt.passed))


def _matters(change: Change) -> bool:
    if change.passed_before != change.passed_after:
        return True
    if change.before is None or change.after is None:
        return False
    moved = abs(change.before.graded.fraction - change.after.graded.fraction) > TOLERANCE
    return moved or change.before.graded.state != change.after.graded.state
