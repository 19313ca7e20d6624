"""First attempts as columns, and sums over them by question. Everything is one pass over arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from training.rules.figures import Reals

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]

NOTHING = 1e-12
"""Variances and marks below this are rounding, not spread."""


@dataclass(frozen=True, eq=False)
class Answers:
    """First attempts as columns, one row for each graded answer.

    `attempt` numbers the attempts 0 .. a-1, `question` the questions 0 .. q-1, `fraction` is in [0, 1] (0 where
    nothing was answered). `weights` has one entry for each question. No attempt has a question twice; questions
    without right and wrong do not belong here. Raises ValueError where the columns contradict this.
    """

    attempt: Numbers
    question: Numbers
    fraction: Reals
    weights: Reals

    def __post_init__(self) -> None:
        if not len(self.attempt) == len(self.question) == len(self.fraction):
            raise ValueError("The columns differ in length.")
        if len(self.question) and not 0 <= self.question.min() <= self.question.max() < len(self.weights):
            raise ValueError("A question has no weight.")
        if len(self.attempt) and self.attempt.min() < 0:
            raise ValueError("Attempts are numbered from 0.")
        if not ((self.fraction >= 0) & (self.fraction <= 1)).all() or not (self.weights > 0).all():
            raise ValueError("Fractions lie in [0, 1] and weights above 0.")

    @cached_property
    def offered(self) -> Reals:
        """For each attempt, the marks that its questions offered."""
        return np.bincount(self.attempt, self.weights[self.question]).astype(np.float64)

    @cached_property
    def earned(self) -> Reals:
        """For each attempt, the marks that it earned."""
        return np.bincount(self.attempt, self.fraction * self.weights[self.question]).astype(np.float64)

    @cached_property
    def rest(self) -> Reals:
        """For each row, the share of marks earned on the other questions of its attempt; NaN if there is none."""
        weight = self.weights[self.question]
        other = self.offered[self.attempt] - weight
        earned = self.earned[self.attempt] - self.fraction * weight
        return np.divide(earned, other, out=np.full(len(weight), np.nan), where=other > NOTHING)

    @cached_property
    def results(self) -> Reals:
        """The share of marks of every attempt that has an answer."""
        there = self.offered > 0
        return self.earned[there] / self.offered[there]


class ByQuestion:
    """Moments by question of fractions (x), of the rest of the attempt (r) and of its total (t)."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.count = len(answers.weights)
        self.n = np.bincount(answers.question, minlength=self.count).astype(np.float64)
        self.x, self.r = self._differences(answers.fraction), self._differences(answers.rest)
        self.t = self._differences(answers.earned[answers.attempt])

    def mean(self, values: Reals) -> Reals:
        """The mean by question; 0 for a question without answers."""
        return np.bincount(self.answers.question, values, self.count) / np.maximum(self.n, 1)

    def covariance(self, one: Reals, other: Reals) -> Reals:
        """The covariance by question of two columns of differences."""
        return np.bincount(self.answers.question, one * other, self.count) / np.maximum(self.n - 1, 1)

    def deviation(self, one: Reals) -> Reals:
        """The standard deviation by question of a column of differences."""
        return np.sqrt(self.covariance(one, one))

    def largest_covariance(self, one: Reals, other: Reals) -> Reals:
        """What the covariance by question would be if both columns stood in the same order."""
        question = self.answers.question
        rows = np.lexsort((one, question)), np.lexsort((other, question))
        sums = np.bincount(question[rows[0]], one[rows[0]] * other[rows[1]], self.count)
        return sums / np.maximum(self.n - 1, 1)

    def _differences(self, values: Reals) -> Reals:
        return values - self.mean(values)[self.answers.question]
