"""What the first attempts say about the questions of a course: columns in, figures and questions to mend out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.courses.report_queries import CurrentQuestion
from training.rules.answer_columns import Answers
from training.rules.distractors import ChoiceFigures, choices_taken
from training.rules.items import FEWEST_ANSWERS, ItemFigures, QuizFigures, analyse
from training.rules.kinds.catalogue import NOT_GRADED
from training.rules.mending import ToMend, to_mend

RARE = 3
"""An answer that fewer gave is not shown by itself: it would tell of one person, and nothing of the question."""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer to a question: how many gave it, and how well those did on the rest."""

    words: str
    figures: ChoiceFigures


@dataclass(frozen=True)
class CourseAnalysis:
    """Figures by module id and by question id, and the questions to mend first with their question's id."""

    quizzes: Mapping[int, QuizFigures]
    items: Mapping[int, ItemFigures]
    mend: Sequence[tuple[int, ToMend]]

    @property
    def judged(self) -> int:
        """How many questions have enough answers to judge them."""
        return sum(item.answers >= FEWEST_ANSWERS for item in self.items.values())


def analyse_course(
    questions: Sequence[CurrentQuestion], answers: Sequence[tuple[int, int, float]], most: int = 3
) -> CourseAnalysis:
    """Analyse each quiz of a course. `answers` are (attempt, version, fraction) of first attempts."""
    by_module: dict[int, list[CurrentQuestion]] = defaultdict(list)
    for question in questions:
        if question.version.kind not in NOT_GRADED:
            by_module[question.module_id].append(question)
    quizzes, items = {}, {}
    for module_id, asked in by_module.items():
        quizzes[module_id] = analyse(columns(asked, answers))
        items.update({question.id: item for question, item in zip(asked, quizzes[module_id].items, strict=True)})
    numbered = list(items)
    found = to_mend((replace(item, question=place) for place, item in enumerate(items.values())), most)
    return CourseAnalysis(quizzes, items, [(numbered[one.question], one) for one in found])


def columns(asked: Sequence[CurrentQuestion], answers: Sequence[tuple[int, int, float]]) -> Answers:
    """The answers to these questions as columns, one row for each; rows of other questions are left out."""
    place = {question.version.id: number for number, question in enumerate(asked)}
    rows = [row for row in answers if row[1] in place]
    attempts = {attempt: number for number, attempt in enumerate(dict.fromkeys(row[0] for row in rows))}
    return Answers(
        attempt=np.array([attempts[row[0]] for row in rows], dtype=np.int64),
        question=np.array([place[row[1]] for row in rows], dtype=np.int64),
        fraction=np.array([row[2] for row in rows], dtype=np.float64),
        weights=np.array([question.version.weight for question in asked], dtype=np.float64),
    )


def given_answers(
    asked: Sequence[CurrentQuestion],
    answers: Sequence[tuple[int, int, float]],
    version_id: int,
    lines: Mapping[int, Sequence[str]],
) -> list[GivenAnswer]:
    """What was answered to one question, the most frequent first. `lines` has each attempt's answer, line by line.

    A choice, a match or a place is a line of its own. Lines that hardly anybody gave are left out.
    """
    place = {question.version.id: number for number, question in enumerate(asked)}
    rows = [row for row in answers if row[1] in place]
    here = [(row, line) for row, (attempt, version, _) in enumerate(rows) if version == version_id
            for line in lines.get(attempt, ())]  # fmt: skip
    counts = Counter(line for _, line in here)
    shown = {text: choice for choice, (text, count) in enumerate(counts.most_common()) if count >= RARE}
    taken = [(row, shown[line]) for row, line in here if line in shown]
    found = choices_taken(
        columns(asked, answers),
        np.array([row for row, _ in taken], dtype=np.int64),
        np.array([choice for _, choice in taken], dtype=np.int64),
        np.full(len(shown), place[version_id], dtype=np.int64),
    )
    return [GivenAnswer(text, figures) for text, figures in zip(shown, found, strict=True)]
