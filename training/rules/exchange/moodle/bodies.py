"""What each kind of question is in Moodle XML, below name and text."""

from collections.abc import Callable
from typing import Any

from training.rules.exchange.fitting import marks_of
from training.rules.exchange.moodle.cloze import CLOSE, OPEN, Alternative, gap_text
from training.rules.exchange.moodle.parts import feedback, plain
from training.rules.exchange.rubric_text import rubric_as_text
from training.rules.exchange.shares import number_text, percent_of, snapped
from training.rules.exchange.texts.escaping import escaped_line
from training.rules.exchange.xml_text import element, text_xml
from training.rules.kinds.file_upload import USUAL_ENDINGS

Values = dict[str, Any]


def _answer(text: str, mark: float, said: str, *more: str) -> str:
    return plain("answer", text, *more, feedback(said), fraction=percent_of(mark))


def _taken(values: Values, marks: list[float], is_single: bool) -> list[str]:
    choices = [
        _answer(choice["text"], mark, choice.get("feedback", ""))
        for choice, mark in zip(values["choices"], marks, strict=True)
    ]
    shuffle = "true" if values.get("shuffle", True) else "false"
    return [element("single", "true" if is_single else "false"), element("shuffleanswers", shuffle), *choices]


def single_choice(values: Values) -> list[str]:
    """A multichoice with one answer."""
    marks = [1.0 if choice.get("right") else float(choice.get("mark", 0)) for choice in values["choices"]]
    return _taken(values, marks, is_single=True)


def multiple_choice(values: Values) -> list[str]:
    """A multichoice with several answers."""
    return _taken(values, marks_of(values), is_single=False)


def true_false(values: Values) -> list[str]:
    """The two answers."""
    return [
        _answer(word, float(values["right"] == (word == "true")), values.get(f"feedback_{word}", ""))
        for word in ("true", "false")
    ]


def numeric(values: Values) -> list[str]:
    """A number with its absolute tolerance and its units."""
    tolerance = element("tolerance", number_text(values.get("tolerance", 0)))
    answer = _answer(number_text(values["right"]), 1.0, "", tolerance)
    if "unit" not in values:
        return [answer, element("showunits", "3")]
    factors = {values["unit"]: 1.0} | {
        name: multiplier(factor) for name, factor in values.get("other_units", {}).items()
    }
    units = [
        element("unit", element("multiplier", number_text(factor)), element("unit_name", text_xml(name)))
        for name, factor in factors.items()
    ]
    return [answer, element("units", *units), element("unitgradingtype", "0"), element("showunits", "0")]


def multiplier(factor: float) -> float:
    """How many of another unit make one of the first, where one of it makes `factor` of the first."""
    return snapped(float(f"{1 / factor:.12g}"))


def short_text(values: Values) -> list[str]:
    """Accepted answers."""
    entries = [one if isinstance(one, dict) else {"text": one} for one in values["accept"]]
    answers = [_answer(one["text"], float(one.get("mark", 1)), one.get("feedback", "")) for one in entries]
    return [element("usecase", "1" if values.get("case_sensitive") else "0"), *answers]


def _pairs(pairs: list[tuple[str, str]]) -> list[str]:
    return [plain("subquestion", left, plain("answer", right)) for left, right in pairs]


def matching(values: Values) -> list[str]:
    """Pairs, and right sides that belong nowhere."""
    pairs = [(pair["left"], pair["right"]) for pair in values["pairs"]]
    shuffle = element("shuffleanswers", "true" if values.get("shuffle", True) else "false")
    return [shuffle, *_pairs(pairs), *_pairs([("", text) for text in values.get("extra", [])])]


def categorise(values: Values) -> list[str]:
    """Items with their categories as pairs; categories without an item belong nowhere."""
    used = {item["category"] for item in values["items"]}
    pairs = [(item["text"], item["category"]) for item in values["items"]]
    rest = [("", category) for category in values["categories"] if category not in used]
    return [element("shuffleanswers", "true"), *_pairs(pairs), *_pairs(rest)]


def ordering(values: Values) -> list[str]:
    """Items in their right order; a part of the mark is the share of pairs that stand in order."""
    is_whole = values.get("marking") == "all_or_nothing"
    return [
        element("layouttype", "VERTICAL"),
        element("selecttype", "ALL"),
        element("selectcount", "0"),
        element("gradingtype", "ALL_OR_NOTHING" if is_whole else "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
        *(plain("answer", item, fraction="100") for item in values["items"]),
    ]


def _graded_by_a_person(values: Values, fields: dict[str, str]) -> list[str]:
    note = rubric_as_text(values["rubric"], values.get("example", ""))
    return [*(element(name, text) for name, text in fields.items() if text), plain("graderinfo", note)]


def long_text(values: Values) -> list[str]:
    """An essay; the rubric is the note for the person who grades."""
    words = {"minwordlimit": values.get("least_words"), "maxwordlimit": values.get("most_words")}
    fields = {"responseformat": "plain", "responserequired": "1", "attachments": "0"}
    return _graded_by_a_person(values, fields | {name: str(one) if one else "" for name, one in words.items()})


def file_upload(values: Values) -> list[str]:
    """An essay with files and without a text."""
    fields = {
        "responseformat": "noinline",
        "responserequired": "0",
        "attachments": str(values.get("most_files", 1)),
        "attachmentsrequired": "1",
        "maxbytes": str(values.get("most_megabytes", 10) * 1024 * 1024),
        "filetypeslist": ",".join(f".{ending}" for ending in values.get("endings", USUAL_ENDINGS)),
    }
    return _graded_by_a_person(values, fields)


def cloze_text(values: Values) -> str:
    """The text of a question with gaps, in Markdown with Cloze: one paragraph, so that its beginning is known."""
    text = values["text"]
    for number in range(1, len(values["gaps"]) + 1):
        text = text.replace(f"[[{number}]]", f"{OPEN}{number}{CLOSE}")
    written = "\\\n".join(escaped_line(line) for line in text.split("\n"))
    for number, gap in enumerate(values["gaps"], 1):
        written = written.replace(f"{OPEN}{number}{CLOSE}", _gap(gap))
    return written


def _gap(gap: Values) -> str:
    if "choices" in gap:
        marks = [1.0 if choice.get("right") else float(choice.get("mark", 0)) for choice in gap["choices"]]
        return gap_text("MULTICHOICE", list(map(_alternative, marks, gap["choices"])))
    entries = [one if isinstance(one, dict) else {"text": one} for one in gap["accept"]]
    kind = "SHORTANSWER_C" if gap.get("case_sensitive") else "SHORTANSWER"
    return gap_text(kind, [_alternative(float(one.get("mark", 1)), one) for one in entries])


def _alternative(mark: float, one: Values) -> Alternative:
    return Alternative(mark, one["text"], one.get("feedback", ""))


BODIES: dict[str, tuple[str, Callable[[Values], list[str]]]] = {
    "single_choice": ("multichoice", single_choice),
    "multiple_choice": ("multichoice", multiple_choice),
    "true_false": ("truefalse", true_false),
    "numeric": ("numerical", numeric),
    "short_text": ("shortanswer", short_text),
    "matching": ("matching", matching),
    "categorise": ("matching", categorise),
    "ordering": ("ordering", ordering),
    "long_text": ("essay", long_text),
    "file_upload": ("essay", file_upload),
    "blanks": ("cloze", lambda values: []),
    "choose_in_text": ("cloze", lambda values: []),
}
"""The type of each kind in Moodle, and what it holds. Kinds with gaps hold everything in their text."""
