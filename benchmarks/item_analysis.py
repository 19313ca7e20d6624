"""Speed of the item analysis: first attempts of a made-up quiz, answered as the Rasch model says.

    python -m benchmarks.item_analysis                   1,000,000 answers: 50,000 attempts of 20 questions
    python -m benchmarks.item_analysis --attempts 5000   fewer

Prints a table: answers, seconds of processor time (the best of --repeats), and answers a second.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from training.rules.answer_columns import Answers
from training.rules.distractors import choices_taken
from training.rules.items import analyse

CHOICES = 4


def made_up(attempts: int, questions: int, seed: int) -> Answers:
    """Answers of people of differing ability to questions of differing hardness."""
    rng = np.random.default_rng(seed)
    ability, hardness = rng.normal(size=(attempts, 1)), rng.normal(size=questions)
    right = rng.random((attempts, questions)) < 1 / (1 + np.exp(hardness - ability))
    attempt, question = np.repeat(np.arange(attempts), questions), np.tile(np.arange(questions), attempts)
    return Answers(attempt, question, right.ravel().astype(np.float64), np.ones(questions))


def fresh(answers: Answers) -> Answers:
    """The same columns with nothing worked out yet."""
    return Answers(answers.attempt, answers.question, answers.fraction, answers.weights)


def best_time(work: Callable[[], object], repeats: int) -> float:
    """The least processor time, in seconds, of several runs."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=50_000)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    answers = made_up(options.attempts, options.questions, options.seed)
    row = np.arange(len(answers.question))
    choice = answers.question * CHOICES + np.where(answers.fraction > 0, 0, 1 + row % (CHOICES - 1))
    question_of = np.repeat(np.arange(options.questions), CHOICES)
    steps: dict[str, Callable[[], object]] = {
        "item analysis": lambda: analyse(fresh(answers)),
        "distractor table": lambda: choices_taken(fresh(answers), row, choice, question_of),
    }
    print(f"{'step':<18}{'answers':>12}{'seconds':>10}{'answers/s':>14}")
    for name, work in steps.items():
        seconds = best_time(work, options.repeats)
        print(f"{name:<18}{len(row):>12,}{seconds:>10.2f}{len(row) / max(seconds, 1e-9):>14,.0f}")


if __name__ == "__main__":
    main()
