"""On what terms a learner takes the quizzes of a course: behaviour, time, attempts, what counts. No statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.attempts.limits import left_to_begin
from training.courses.queries import ModuleLine
from training.enrolment_models import Enrolment
from training.rules.attempts import CountPolicy, counted_fraction
from training.rules.behaviours.quiz_rules import QuizRules, quiz_rules


@dataclass(frozen=True)
class QuizTerms:
    """The terms of one quiz for one learner. `left` is None where attempts are not limited.

    `minutes` is the time with what the learner has on top; `counted` what the finished attempts count as, where that is
    not the best of them.
    """

    rules: QuizRules
    minutes: int | None
    left: int | None
    counted: float | None


def terms_of(enrolment: Enrolment, modules: Sequence[ModuleLine]) -> dict[int, QuizTerms]:
    """The terms by module."""
    return {one.id: _terms(enrolment, one) for one in modules}


def _terms(enrolment: Enrolment, module: ModuleLine) -> QuizTerms:
    rules = quiz_rules(module.quiz)
    finished = [one.fraction or 0.0 for one in module.finished]
    return QuizTerms(
        rules,
        None if rules.minutes is None else round(rules.minutes * (100 + enrolment.extra_time) / 100),
        left_to_begin(rules, len(module.attempts), enrolment),
        counted_fraction(finished, rules.counts) if rules.counts is not CountPolicy.BEST else None,
    )
