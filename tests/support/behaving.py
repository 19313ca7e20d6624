"""Quizzes of every behaviour, and wrong answers to every kind of question as a browser sends them."""

from dataclasses import replace
from typing import Any

from tests.support.small_course import small_course
from tests.training.rules.kinds.specifications import form_of
from training.attempts.queries import placed_questions
from training.rules.behaviours.behaviour import Behaviour
from training.rules.course_files.course_text import CourseText
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.keys import key_of

QUIZZES: dict[Behaviour, dict[str, Any]] = {
    Behaviour.DEFERRED: {},
    Behaviour.IMMEDIATE: {"behaviour": "immediate"},
    Behaviour.SEVERAL_TRIES: {"behaviour": "several_tries", "tries": 3, "penalty": 0.25},
    Behaviour.CERTAINTY: {"behaviour": "certainty"},
    Behaviour.ADAPTIVE: {"behaviour": "adaptive"},
}
HINTS = ["Think of the one who asks.", "It stands in the second lesson."]


def course_that(quiz: dict[str, Any], hints: bool = True) -> CourseText:
    """The small course with these rules for the quiz of each module, and hints at each question."""
    course = small_course()
    return replace(
        course, modules=tuple(replace(one, quiz=quiz, questions=_hinted(one, hints)) for one in course.modules)
    )


def _hinted(module: Any, hints: bool) -> Any:
    if not hints:
        return module.questions
    return tuple(replace(one, specification={**one.specification, "hints": HINTS}) for one in module.questions)


WRONG: dict[str, Any] = {
    "single_choice": lambda it: {"chosen": key_of(it, it["choices"][1]["text"])},
    "multiple_choice": lambda it: {"chosen": [key_of(it, it["choices"][2]["text"])]},
    "true_false": lambda it: {"chosen": "true"},
    "numeric": lambda it: {"written": "999"},
    "short_text": lambda it: {"written": "no idea"},
    "matching": lambda it: {"matched": {key_of(it, one["left"]): key_of(it, it["extra"][0]) for one in it["pairs"]}},
    "ordering": lambda it: {
        "places": {key_of(it, text): len(it["items"]) - place for place, text in enumerate(it["items"])}
    },
    "blanks": lambda it: {"written": {"1": "nothing", "2": "nothing"}},
    "choose_in_text": lambda it: {"chosen": {"1": key_of(it, "smile")}},
    "categorise": lambda it: {
        "matched": {
            key_of(it, one["text"]): key_of(it, next(c for c in it["categories"] if c != one["category"]))
            for one in it["items"]
        }
    },
    "scenario": lambda it: {"path": [key_of(it, "Read the manual.")]},
}


def wrong_forms(attempt_id: int) -> dict[int, dict[str, list[str]]]:
    """By position, the fields of an answer that is fully wrong; what has no right and wrong is left out."""
    forms = {}
    for question in placed_questions(attempt_id):
        name = question.specification["kind"]
        if name in WRONG:
            forms[question.position] = form_of(name, WRONG[name](question.specification))
    return forms


def is_wrong(attempt_id: int) -> bool:
    """Whether these answers are what they should be: worth nothing."""
    forms = wrong_forms(attempt_id)
    graded = [
        kind_of(one.specification).grade(
            one.specification, kind_of(one.specification).parse(one.specification, forms[one.position])
        )
        for one in placed_questions(attempt_id)
        if one.position in forms
    ]
    return all(one.fraction < 0.01 and one.state == "wrong" for one in graded)
