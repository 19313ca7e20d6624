"""What a page shows of an answer that a person grades: in full, with its files, its rubric and every grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.attempts.queries import AskedQuestion, counting_responses
from training.grading.answer_files import shown_files
from training.grading.queries import GradeShown, grades_of_attempt
from training.models import QuestionVersion
from training.rules.attempts import GivenResponse
from training.rules.grading.verdict import Rubric

KINDS = frozenset({"file_upload", "long_text"})
"""The kinds that people grade."""


@dataclass(frozen=True)
class ByHand:
    """One such answer. `files` are (id, name, entry) as `answer_files.shown_files` gives them."""

    written: str
    files: Sequence[tuple[int, str, str]]
    rubric: Rubric
    grades: Sequence[GradeShown] = ()


def by_hand(attempt_id: int, asked: Sequence[AskedQuestion]) -> dict[int, ByHand]:
    """By position, the answers of an attempt that people grade. Two statements; none if there are no such questions."""
    mine = [one for one in asked if one.version.kind in KINDS]
    if not mine:
        return {}
    responses, grades = counting_responses(attempt_id), grades_of_attempt(attempt_id)
    return {
        one.position: _shown(one.version, responses.get(one.position), grades.get(one.position, ())) for one in mine
    }


def _shown(version: QuestionVersion, given: GivenResponse | None, grades: Sequence[GradeShown]) -> ByHand:
    answer = dict(given.answer) if given else {}
    return ByHand(str(answer.get("written", "")), shown_files(answer), version.specification["rubric"], grades)


def answer_of(attempt_id: int, position: int, version: QuestionVersion, grades: Sequence[GradeShown]) -> ByHand:
    """The same for one answer, of which the grades are known. One statement."""
    return _shown(version, counting_responses(attempt_id).get(position), grades)
