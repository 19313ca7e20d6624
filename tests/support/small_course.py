"""A small course that asks every kind of question, and answers to them as a browser sends them."""

from dataclasses import replace
from typing import Any

from training.rules.course_files.course_text import About, Audience, CourseText, LessonText, ModuleText, QuestionText

SPECIFICATIONS: dict[str, dict[str, Any]] = {
    "single-choice": {
        "kind": "single_choice",
        "choices": [
            {"text": "What the person needs", "right": True, "feedback": "Yes: that is what brought them here."},
            {"text": "What we want to sell", "right": False, "feedback": "They did not ask for that."},
            {"text": "What is quickly said", "right": False},
        ],
    },
    "multiple-choice": {
        "kind": "multiple_choice",
        "marking": "partial",
        "choices": [
            {"text": "Ask which model it is", "right": True},
            {"text": "Say by when you will know", "right": True},
            {"text": "Blame the courier", "right": False, "feedback": "Nobody is helped by that."},
        ],
    },
    "true-false": {"kind": "true_false", "right": False},
    "numeric": {"kind": "numeric", "right": 37.5, "tolerance": 0.5, "unit": "minutes"},
    "short-text": {"kind": "short_text", "accept": ["descaling", "descale"]},
    "matching": {
        "kind": "matching",
        "pairs": [
            {"left": "A fault others may know", "right": "The forum"},
            {"left": "Her address", "right": "A private message"},
        ],
        "extra": ["The picture network"],
    },
    "ordering": {"kind": "ordering", "items": ["Listen to it all", "Say it back", "Solve what is due"]},
    "blanks": {
        "kind": "blanks",
        "text": "First [[1]], then [[2]].",
        "gaps": [{"accept": ["listen"]}, {"accept": ["answer", "reply"]}],
    },
    "choose-in-text": {
        "kind": "choose_in_text",
        "text": "A promise needs a [[1]].",
        "gaps": [{"choices": [{"text": "date", "right": True}, {"text": "smile", "right": False}]}],
    },
    "categorise": {
        "kind": "categorise",
        "categories": ["Say in public", "Say in private"],
        "items": [
            {"text": "How to level the feet", "category": "Say in public"},
            {"text": "The order number", "category": "Say in private"},
        ],
    },
    "scenario": {
        "kind": "scenario",
        "start": "washer",
        "scenes": {
            "washer": {
                "says": [{"who": "Joost", "text": "It walks across the floor when it spins."}],
                "choices": [
                    {"text": "On tiles or on wood?", "to": "floor", "feedback": "A good question."},
                    {"text": "Read the manual.", "to": "gone"},
                ],
            },
            "floor": {
                "says": [{"who": "Joost", "text": "Wood, first floor."}],
                "choices": [
                    {"text": "Then it needs the damping plate.", "to": "solved"},
                    {"text": "Then send it back.", "to": "gone"},
                ],
            },
        },
        "endings": {
            "solved": {"says": [{"who": "Joost", "text": "That did it."}], "mark": 1, "feedback": "He stays."},
            "gone": {"says": [{"who": "Joost", "text": "Never mind."}], "mark": 0, "feedback": "He is gone."},
        },
    },
    "likert": {"kind": "likert", "statements": ["I feel ready to try"], "scale": ["No", "Hardly", "Mostly", "Yes"]},
}
EXPLANATION = "Because whoever is heard comes back."


def small_course() -> CourseText:
    """Two modules: the first asks every kind, the second two questions."""
    every = tuple(_question(slug, place) for place, slug in enumerate(SPECIFICATIONS))
    return CourseText(
        slug="small-talk",
        title="Small talk",
        summary="How to begin.",
        language="en",
        audience=Audience.EVERYONE,
        pass_mark=0.5,
        introduction="Hello.",
        modules=(
            _module("listen", "Listen first", ("hear", "ask"), every),
            _module("answer", "Answer the person", ("reply",), (every[0], every[3])),
        ),
    )


def without(course: CourseText, module: str, question: str) -> CourseText:
    """The course with one question less."""
    return _changed(course, module, lambda rows: tuple(one for one in rows if one.slug != question))


def with_change(course: CourseText, module: str, question: str, **changes: Any) -> CourseText:
    """The course with one question changed."""
    return _changed(
        course, module, lambda rows: tuple(replace(one, **changes) if one.slug == question else one for one in rows)
    )


def _changed(course: CourseText, module: str, change: Any) -> CourseText:
    modules = tuple(
        replace(one, questions=change(one.questions)) if one.slug == module else one for one in course.modules
    )
    return replace(course, modules=modules)


def _module(slug: str, title: str, lessons: tuple[str, ...], questions: tuple[QuestionText, ...]) -> ModuleText:
    texts = tuple(LessonText(one, f"How to {one}", 4, f"## To {one}\n\nTry it this week.") for one in lessons)
    return ModuleText(slug, title, f"{slug} well", 20, None, "It matters.", texts, questions)


def _question(slug: str, place: int) -> QuestionText:
    about = About.WHY if place % 2 == 0 else About.HOW
    return QuestionText(slug, about, f"About {slug}: what is right?", SPECIFICATIONS[slug], "talk", 1.0, EXPLANATION)
