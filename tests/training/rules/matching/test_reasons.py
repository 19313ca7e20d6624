"""Why two people are a pair, in words."""

import numpy as np
import pytest
from hypothesis import given

from tests.training.rules.matching.worlds import TOPICS, World, thorough, worlds
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.reasons import Reasons, reasons
from training.rules.matching.wording import duration, in_words, part_of, reasons_for_learner, reasons_for_owner, times


def between(learner: Learner, trainer: Trainer, answered: int = 0) -> Reasons:
    situation = gather([learner], [trainer], {}, TOPICS, {(learner.id, trainer.id): answered})
    return reasons(situation, np.zeros(1, np.int32), np.zeros(1, np.int32))[0]


@thorough
@given(worlds())
def test_every_pair_has_words_for_both_readers(world: World) -> None:
    situation = world.situation()
    shape = (len(world.learners), len(world.trainers))
    learner, trainer = (part.ravel().astype(np.int32) for part in np.indices(shape))
    found = reasons(situation, learner, trainer)
    assert len(found) == len(learner)
    for each in found:
        assert reasons_for_owner(each, "Rui").endswith(".")
        assert reasons_for_learner(each, "Rui").endswith(".")


def test_strongest_where_the_learner_lacks_most() -> None:
    learner = Learner(1, ("en",), "Porto", gaps={"one voice": 0.8, "pass it on": 0.1})
    trainer = Trainer(20, 5, ("en", "pt"), "Porto", strengths={"one voice": 0.9, "pass it on": 0.4})
    found = between(learner, trainer, answered=4)
    assert (found.topic, found.widest, found.strongest, found.strength) == ("one voice", True, True, 0.9)
    assert reasons_for_owner(found, "Rui") == (
        "Lacks “one voice”, where Rui is strongest. They have answered each other four times. Same site."
    )
    assert reasons_for_learner(found, "Rui") == (
        "Rui is strong where your quiz results were weakest: one voice. You have answered each other four times. "
        "You share a site and a language."
    )


def test_strong_somewhere_else_than_in_the_widest_gap() -> None:
    learner = Learner(1, gaps={"one voice": 0.8, "pass it on": 0.7})
    trainer = Trainer(20, 5, strengths={"one voice": 0.1, "pass it on": 0.7, "listen first": 1.0})
    found = between(learner, trainer)
    assert (found.topic, found.widest, found.strongest) == ("pass it on", False, False)
    assert reasons_for_owner(found, "Rui") == "Lacks “pass it on”, where Rui is strong."
    assert reasons_for_learner(found, "Rui") == "Rui is strong where your quiz results left room: pass it on."


def test_a_weak_trainer_is_not_called_strong() -> None:
    found = between(Learner(1, gaps={"one voice": 0.8}), Trainer(20, 5, strengths={"one voice": 0.3}))
    assert reasons_for_owner(found, "Rui") == "Lacks “one voice”."
    assert reasons_for_learner(found, "Rui") == "Rui has a place free for you."


def test_nothing_known_is_said_so() -> None:
    found = between(Learner(1), Trainer(20, 5))
    assert (found.topic, found.strength, found.minutes) == ("", None, None)
    assert reasons_for_owner(found, "Rui") == "No quiz results yet."


def test_a_present_pair_that_stays() -> None:
    assert "Keeps the present trainer." in reasons_for_owner(
        between(Learner(1, present_trainer=20), Trainer(20, 5)), "Rui"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (in_words(0), "no"),
        (in_words(12), "twelve"),
        (in_words(1300), "1,300"),
        (times(1), "once"),
        (times(2), "twice"),
        (times(40), "40 times"),
        (duration(0), "nothing"),
        (duration(60), "one hour"),
        (duration(150), "two hours and 30 minutes"),
        (part_of(1, 1), "this learner"),
        (part_of(2, 2), "both"),
        (part_of(3, 3), "all three"),
        (part_of(2, 5), "two of five"),
    ],
)
def test_numbers_as_words(words: str, expected: str) -> None:
    assert words == expected
