"""Item analysis against plain formulas, and what it says where the evidence is thin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.answer_columns import Answers
from training.rules.distractors import choices_taken
from training.rules.figures import Estimate, NoEstimate, TooLittle, fisher, wilson
from training.rules.items import analyse
from training.rules.mending import Fault, to_mend

FEW = 3


def table(fractions, weights=None) -> Answers:
    """A table with a row for each attempt and a column for each question."""
    fractions = np.asarray(fractions, float)
    attempts, questions = fractions.shape
    weights = np.ones(questions) if weights is None else np.asarray(weights, float)
    attempt, question = np.repeat(np.arange(attempts), questions), np.tile(np.arange(questions), attempts)
    return Answers(attempt, question, fractions.ravel(), weights)


def simulated(attempts: int, questions: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    ability, hardness = rng.normal(size=(attempts, 1)), rng.normal(size=questions)
    return (rng.random((attempts, questions)) < 1 / (1 + np.exp(hardness - ability))).astype(float)


def wrong_key(seed: int = 1, attempts: int = 400) -> np.ndarray:
    fractions = simulated(attempts, 8, seed)
    fractions[:, 2] = 1 - fractions[:, 2]
    return fractions


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_agrees_with_its_plain_formula(seed) -> None:
    rng = np.random.default_rng(seed)
    fractions, weights = rng.random((50, 5)).round(2), rng.uniform(0.5, 3, 5)
    found = analyse(table(fractions, weights))
    marks = fractions * weights
    total = marks.sum(axis=1)
    covariances = [np.cov(marks[:, item], total)[0, 1] for item in range(5)]
    roots = np.sqrt(np.maximum(covariances, 0))
    for item in range(5):
        x, rest = fractions[:, item], np.delete(marks, item, axis=1).sum(axis=1)
        figures = found.items[item]
        assert figures.facility.value == pytest.approx(x.mean())
        assert figures.deviation.value == pytest.approx(x.std(ddof=1))
        assert figures.discrimination.value == pytest.approx(np.corrcoef(x, rest)[0, 1])
        largest = np.cov(np.sort(x), np.sort(rest))[0, 1]
        assert figures.efficiency.value == pytest.approx(np.cov(x, rest)[0, 1] / largest)
        assert figures.effective_weight.value == pytest.approx(roots[item] / roots.sum())
        assert figures.intended_weight == pytest.approx(weights[item] / weights.sum())
    alpha = 5 / 4 * (1 - marks.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    share = total / weights.sum()
    assert found.alpha.value == pytest.approx(alpha)
    assert found.mean.value == pytest.approx(share.mean())
    assert found.deviation.value == pytest.approx(share.std(ddof=1))
    assert found.standard_error.value == pytest.approx(share.std(ddof=1) * np.sqrt(1 - alpha))


def test_equal_questions_are_wholly_reliable_and_unrelated_ones_not_at_all() -> None:
    column = np.array([0.0, 1.0] * 20)
    same = analyse(table(np.column_stack([column] * 4)))
    assert same.alpha.value == pytest.approx(1)
    assert same.standard_error.value == pytest.approx(0, abs=1e-6)
    unrelated = analyse(table(np.array([[a, b] for a in (0, 1) for b in (0, 1)] * 10)))
    assert unrelated.alpha.value == pytest.approx(0, abs=1e-9)


def test_too_few_answers_give_no_figure_but_their_number() -> None:
    found = analyse(table(simulated(29, 4, 1)))
    few = NoEstimate(29, TooLittle.TOO_FEW_ANSWERS)
    assert {found.mean, found.alpha, found.standard_error, found.items[0].facility} == {few}
    assert isinstance(analyse(table(simulated(30, 4, 1))).items[0].facility, Estimate)


def test_no_answers_at_all_are_no_error() -> None:
    empty = np.array([], int)
    found = analyse(Answers(empty, empty, np.array([]), np.ones(2)))
    assert (found.attempts, [item.answers for item in found.items]) == (0, [0, 0])
    assert found.items[0].facility == NoEstimate(0, TooLittle.TOO_FEW_ANSWERS)


def test_a_question_that_all_know_has_a_facility_and_no_discrimination() -> None:
    fractions = simulated(40, 4, 2)
    fractions[:, 0] = 1
    item = analyse(table(fractions)).items[0]
    assert item.facility.value == 1
    assert item.facility.low < 1
    assert item.discrimination == NoEstimate(40, TooLittle.NO_SPREAD)
    assert item.deviation == NoEstimate(40, TooLittle.NO_SPREAD)


def test_a_quiz_of_one_question_has_no_rest_to_compare_with() -> None:
    found = analyse(table(simulated(40, 1, 3)))
    assert found.items[0].discrimination == NoEstimate(40, TooLittle.ONE_QUESTION)
    assert found.alpha == NoEstimate(40, TooLittle.ONE_QUESTION)


def test_draws_from_a_pool_have_discriminations_but_no_alpha() -> None:
    full = table(simulated(400, 6, 4))
    kept = (full.attempt + full.question) % 3 > 0
    drawn = Answers(full.attempt[kept], full.question[kept], full.fraction[kept], full.weights)
    found = analyse(drawn)
    assert found.alpha == NoEstimate(400, TooLittle.DIFFERENT_QUESTIONS)
    assert all(item.discrimination.value > 0 for item in found.items)


@given(st.integers(3, 30), st.integers(1, 6), st.integers(0, 2**32), st.randoms())
def test_figures_stay_in_their_ranges_whatever_the_order_of_rows(attempts, questions, seed, random) -> None:
    rng = np.random.default_rng(seed)
    answers = table(rng.choice([0, 0.25, 0.5, 1], size=(attempts, questions)), rng.uniform(0.1, 5, questions))
    order = np.array(random.sample(range(len(answers.attempt)), len(answers.attempt)))
    shuffled = Answers(answers.attempt[order], answers.question[order], answers.fraction[order], answers.weights)
    found, again = analyse(answers, FEW), analyse(shuffled, FEW)
    for item, other in zip(found.items, again.items, strict=True):
        _assert_between(item.facility, 0, 1)
        _assert_between(item.deviation, 0, 0.62)
        _assert_between(item.discrimination, -1, 1)
        _assert_between(item.efficiency, -1, 1)
        _assert_between(item.effective_weight, 0, 1)
        if isinstance(item.discrimination, Estimate):
            assert other.discrimination.value == pytest.approx(item.discrimination.value, abs=1e-6)
    _assert_between(found.mean, 0, 1)
    _assert_between(found.alpha, -np.inf, 1)
    _assert_between(found.standard_error, 0, np.inf)


def _assert_between(figure, lowest, highest) -> None:
    if isinstance(figure, Estimate):
        slack = 1e-9
        assert lowest - slack <= figure.low <= figure.value + slack
        assert figure.value - slack <= figure.high <= highest + slack


def test_ranges_hold_the_truth_about_95_times_in_100() -> None:
    rng = np.random.default_rng(5)
    n = np.full(2000, 60.0)
    shares = rng.binomial(60, 0.8, 2000) / 60
    low, high = wilson(shares, n)
    assert 0.93 <= np.mean((low <= 0.8) & (high >= 0.8)) <= 0.97
    pairs = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], (2000, 60))
    correlations = np.array([np.corrcoef(pair.T)[0, 1] for pair in pairs])
    low, high = fisher(correlations, n)
    assert 0.93 <= np.mean((low <= 0.4) & (high >= 0.4)) <= 0.97


def test_ranges_of_deviation_and_alpha_hold_the_truth_about_95_times_in_100() -> None:
    rng = np.random.default_rng(6)
    hits = {"deviation": 0, "alpha": 0}
    for _ in range(300):
        common = rng.normal(0, 0.1, (80, 1))
        fractions = np.clip(0.5 + common + rng.normal(0, 0.1, (80, 4)), 0, 1)
        found = analyse(table(fractions))
        hits["deviation"] += found.items[0].deviation.low <= np.sqrt(0.02) <= found.items[0].deviation.high
        hits["alpha"] += found.alpha.low <= 0.8 <= found.alpha.high
    assert all(0.91 * 300 <= count <= 0.99 * 300 for count in hits.values())


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (([0], [0, 1], [1.0, 1.0], [1.0]), "differ in length"),
        (([0], [1], [1.0], [1.0]), "no weight"),
        (([0], [-1], [1.0], [1.0]), "no weight"),
        (([-1], [0], [1.0], [1.0]), "numbered from 0"),
        (([0], [0], [1.5], [1.0]), "lie in"),
        (([0], [0], [np.nan], [1.0]), "lie in"),
        (([0], [0], [1.0], [0.0]), "lie in"),
    ],
)
def test_columns_that_contradict_each_other_are_refused(columns, said) -> None:
    with pytest.raises(ValueError, match=said):
        Answers(*(np.array(column) for column in columns))


def test_a_key_that_is_wrong_is_named_first_with_its_evidence() -> None:
    (first, *_) = to_mend(analyse(table(wrong_key())).items)
    assert (first.question, first.fault) == (2, Fault.KEY_LIKELY_WRONG)
    assert "400 answers" in first.words


def test_thin_evidence_says_perhaps_and_none_says_nothing() -> None:
    some = to_mend(analyse(table(wrong_key(seed=3, attempts=30))).items)
    assert all(mend.fault == Fault.KEY_PERHAPS_WRONG for mend in some if mend.question != 2)
    assert to_mend(analyse(table(wrong_key(attempts=20))).items) == []


def test_a_question_that_nearly_all_know_is_no_fault() -> None:
    fractions = simulated(400, 6, 7)
    fractions[:, 0] = (np.arange(400) % 25 > 0).astype(float)
    assert 0 not in [
        mend.question for mend in to_mend(analyse(table(fractions)).items) if mend.fault == Fault.TELLS_LITTLE
    ]


def test_a_very_hard_question_and_one_that_tells_little_are_named() -> None:
    rng = np.random.default_rng(8)
    fractions = simulated(2000, 6, 8)
    fractions[:, 0] *= rng.random(2000) < 0.2
    fractions[:, 1] = np.arange(2000) % 2
    faults = {mend.question: mend.fault for mend in to_mend(analyse(table(fractions)).items, most=6)}
    assert faults[0] == Fault.VERY_HARD
    assert faults[1] in (Fault.TELLS_LITTLE, Fault.KEY_PERHAPS_WRONG)


def test_the_distractor_table_counts_choices_and_who_took_them() -> None:
    fractions = simulated(200, 5, 9)
    answers = table(fractions)
    row = np.flatnonzero(answers.question == 0)
    choice = np.where(answers.fraction[row] > 0, 0, 1 + answers.attempt[row] % 2)
    found = choices_taken(answers, row, choice, np.array([0, 0, 0, 0]))
    assert sum(one.taken for one in found) == 200
    assert found[0].share.value == pytest.approx(fractions[:, 0].mean())
    assert found[0].rest > max(found[1].rest, found[2].rest)
    assert (found[3].taken, found[3].share.value, found[3].rest) == (0, 0, None)


def test_the_distractor_table_of_a_few_answers_has_counts_only() -> None:
    answers = table([[1.0, 0.0], [0.0, 1.0]])
    (one, other) = choices_taken(answers, np.array([0, 2]), np.array([0, 1]), np.array([0, 0]))
    assert one.share == NoEstimate(2, TooLittle.TOO_FEW_ANSWERS)
    assert (one.rest, other.rest) == (0, 1)
