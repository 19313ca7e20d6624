"""The form of each part of a course, and how a form changes that part."""

from collections.abc import Mapping
from typing import Any

from training.rules.authoring.controls import Control, Fields, Form, Rows, Type, values_in
from training.rules.authoring.filling import form_of
from training.rules.authoring.kind_forms import KIND_FORMS
from training.rules.authoring.places import Part, Place, head_of
from training.rules.behaviours.behaviour import TITLES
from training.rules.course_files.course_text import About, Audience, CourseText, QuestionText

COURSE_FIELDS: Fields = (
    Control("title", "Title"),
    Control("summary", "Summary", Type.TEXT, "A sentence or two: what it is, and for whom."),
    Control(
        "audience",
        "For",
        Type.ONE_OF,
        default="everyone",
        options=(("everyone", "everyone"), ("trainers", "trainers")),
    ),
    Control("language", "Language", hint="en, nl, pt-BR …"),
    Control("pass_mark", "A quiz is passed from", Type.PERCENT, "per cent of the marks; a module may ask for more"),
    Control("introduction", "Introduction", Type.PROSE, "Shown on the first page of the course, until it is begun."),
)
MODULE_FIELDS: Fields = (
    Control("title", "Title"),
    Control("aim", "Afterwards you can …", Type.TEXT, "One aim, to be seen in what somebody does."),
    Control("why", "Why it matters", Type.PROSE, "First why, then how: two or three sentences."),
    Control("minutes", "Minutes for the whole module", Type.NUMBER),
    Control("pass_mark", "Its quiz is passed from", Type.PERCENT, "per cent; empty: as the course says", default=None),
)
QUIZ_FIELDS: Fields = (
    Control(
        "behaviour",
        "When learners hear what was right",
        Type.ONE_OF,
        default="deferred",
        options=tuple((one.value, title) for one, title in TITLES.items()),
    ),
    Control("tries", "Tries for each question", Type.NUMBER, "with several tries: 2 to 5", default=None),
    Control("penalty", "Each further try costs", Type.NUMBER, "a share of the mark, such as 0.25", default=None),
    Control("attempts", "Attempts at the quiz", Type.NUMBER, "empty: as many as one likes", default=None),
    Control("minutes", "Minutes for an attempt", Type.NUMBER, "empty: no limit", default=None),
    Control(
        "counts",
        "What counts of several attempts",
        Type.ONE_OF,
        default="best",
        options=(("best", "the best"), ("last", "the last"), ("first", "the first"), ("mean", "the mean")),
    ),
    Rows(
        "draw",
        "Drawn at random from pools",
        "pool",
        (Control("pool", "Pool"), Control("count", "Questions", Type.NUMBER, default=None)),
        least=1,
        hint="Write the same pool into several questions; each attempt gets so many of them.",
        plain="count",
        keyed="pool",
    ),
)
OPENING_FIELDS: Fields = (
    Control("optional", "Optional: nobody has to do it", Type.FLAG, default=False),
    Control("on", "Opens on", hint="a day, such as 2026-12-01; empty: at once"),
    Control("free", "Do not wait for the modules before it", Type.FLAG, default=False),
    Rows(
        "after",
        "Or wait for these alone",
        "condition",
        (
            Control("module", "Module", listed=("modules",)),
            Control("passed_at", "With at least", Type.PERCENT, "per cent in its quiz; empty: done", default=None),
        ),
        least=1,
    ),
    Rows(
        "only_below",
        "Only for those who got less in another module",
        "result",
        (
            Control("module", "Module", listed=("modules",)),
            Control("result", "Less than", Type.PERCENT, "per cent", default=None),
        ),
        least=1,
    ),
)
LESSON_FIELDS: Fields = (
    Control("title", "Title"),
    Control("minutes", "Minutes to read", Type.NUMBER),
    Control("text", "Text", Type.PROSE),
)
ABOUTS = (("why", "the reason (why)"), ("how", "the way (how)"))
QUESTION_HEAD: Fields = (
    Control("prompt", "Question", Type.PROSE, "A case of real work asks better than “what is …?”."),
    Control("about", "It asks for", Type.ONE_OF, "Results are shown apart.", default="how", options=ABOUTS),
)
QUESTION_TAIL: Fields = (
    Control("explanation", "Explanation", Type.PROSE, "Shown after the quiz, whatever was answered."),
    Control("topic", "Topic", hint="a word under which results are added up; may be empty"),
    Control("weight", "Weight", Type.NUMBER, default=1.0),
    Control("pool", "Pool", hint="where the quiz draws some of several; empty: always asked"),
)
FIELDS: Mapping[Part, Fields] = {
    Part.COURSE: COURSE_FIELDS,
    Part.MODULE: MODULE_FIELDS,
    Part.LESSON: LESSON_FIELDS,
    Part.QUESTION: (*QUESTION_HEAD, *QUESTION_TAIL),
}


def filled(course: CourseText, place: Place) -> dict[str, str]:
    """The form of a part, as it is filled at first; empty where there is no such part."""
    values = _values(course, place)
    if values is None:
        return {}
    form = form_of(FIELDS[place.part], values)
    if place.part is Part.MODULE:
        form |= form_of(QUIZ_FIELDS, values["quiz"], "quiz-")
        form |= form_of(OPENING_FIELDS, _opening_as_fields(values["opens"]), "opens-")
    kind = values.get("specification", {}).get("kind")
    return form | form_of(KIND_FORMS[kind].fields, values["specification"]) if kind else form


def changes_in(course: CourseText, place: Place, form: Form) -> dict[str, Any]:
    """What a form changes in a part: values for `editing.put`. What was cleared is empty; the check tells it."""
    before = _values(course, place) or {}
    read = values_in(FIELDS[place.part], form, before)
    values = {one.name: read.get(one.name, _cleared(place, one)) for one in FIELDS[place.part]}
    if place.part is Part.COURSE:
        values["audience"] = (
            Audience(values["audience"]) if values["audience"] in list(Audience) else before["audience"]
        )
    if place.part is Part.MODULE and before and "quiz-behaviour" in form:
        values["quiz"] = values_in(QUIZ_FIELDS, form, before["quiz"], "quiz-")
        opening = values_in(OPENING_FIELDS, form, _opening_as_fields(before["opens"]), "opens-")
        values["opens"] = _opening_as_written(opening)
    if place.part is Part.QUESTION:
        values["about"] = About(values["about"]) if values["about"] in list(About) else before["about"]
        specification = before["specification"]
        values["specification"] = values_in(KIND_FORMS[specification["kind"]].fields, form, specification)
    return values


def _values(course: CourseText, place: Place) -> dict[str, Any] | None:
    head = head_of(course, place)
    return head if head is None or isinstance(head, dict) else dict(vars(head))


def _opening_as_fields(opens: Mapping[str, Any]) -> dict[str, Any]:
    """An opening as its fields: an empty list of conditions is a tick, the one result below which is a row."""
    fields = dict(opens)
    if fields.get("after") == []:
        del fields["after"]
        fields["free"] = True
    if isinstance(fields.get("only_below"), dict):
        fields["only_below"] = [fields["only_below"]]
    return fields


def _opening_as_written(fields: dict[str, Any]) -> dict[str, Any]:
    """The same back."""
    free = fields.pop("free", False)
    if free and not fields.get("after"):
        fields["after"] = []
    elif not fields.get("after"):
        fields.pop("after", None)
    below = fields.pop("only_below", None)
    return fields | ({"only_below": below[0]} if below else {})


def _cleared(place: Place, one: Any) -> Any:
    if one.name == "pass_mark" and place.part is Part.MODULE:
        return None
    return 1.0 if one.name == "weight" else ""


def question_typed(kind: str, form: Form) -> QuestionText:
    """A question as a form holds it, for showing it before it is kept. Raises KeyError for an unknown kind."""
    head = values_in(QUESTION_HEAD, form, {})
    specification = values_in(KIND_FORMS[kind].fields, form, {"kind": kind})
    return QuestionText("shown", About.HOW, str(head.get("prompt", "")), specification)
