"""Which choices were taken, and by whom: a wrong one that nobody takes, or that the best take, wants mending."""

from dataclasses import dataclass

import numpy as np

from training.rules.answer_columns import Answers, Numbers
from training.rules.figures import Figure, figures, wilson
from training.rules.items import FEWEST_ANSWERS


@dataclass(frozen=True)
class ChoiceFigures:
    """One choice: how often it was taken, by which share, and how well those who took it did on the rest.

    `rest` is the mean share of marks on the other questions of their attempts; None if nobody took it, or if there
    are no other questions.
    """

    choice: int
    question: int
    taken: int
    share: Figure
    rest: float | None


def choices_taken(
    answers: Answers, row: Numbers, choice: Numbers, question_of: Numbers, fewest: int = FEWEST_ANSWERS
) -> tuple[ChoiceFigures, ...]:
    """The distractor table of every question at once.

    One entry for each choice that was taken: `row` points into the rows of `answers`, `choice` numbers the choices of
    all questions 0 .. c-1, and `question_of` says for each choice which question it belongs to.
    """
    asked = np.bincount(answers.question, minlength=len(answers.weights))[question_of].astype(np.float64)
    taken = np.bincount(choice, minlength=len(question_of))
    rest = answers.rest[row]
    known = ~np.isnan(rest)
    with_rest = np.bincount(choice[known], minlength=len(question_of))
    means = np.bincount(choice[known], rest[known], len(question_of)) / np.maximum(with_rest, 1)
    shares = taken / np.maximum(asked, 1)
    low, high = wilson(shares, np.maximum(asked, 1))
    found = figures(asked, fewest, shares, low, high)
    return tuple(
        ChoiceFigures(
            choice=place,
            question=int(question_of[place]),
            taken=int(taken[place]),
            share=found[place],
            rest=float(means[place]) if with_rest[place] else None,
        )
        for place in range(len(question_of))
    )
