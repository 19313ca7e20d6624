"""Words, numbers, long texts and files of Moodle XML."""

from typing import Any

from training.rules.exchange.moodle.fields import MoodleQuestion
from training.rules.exchange.number_ranges import NumberAnswer, numeric_of
from training.rules.exchange.rubric_text import rubric_of_note, rubric_of_text
from training.rules.exchange.shares import number_of, snapped
from training.rules.exchange.typed_answers import TypedAnswer, short_text
from training.rules.kinds.file_upload import KNOWN_ENDINGS, MOST_FILES

Specification = dict[str, Any]
MOST_WORDS = 2000
GROUPS = {
    "image": ("png", "jpg", "jpeg", "webp"),
    "web_image": ("png", "jpg", "jpeg", "webp"),
    "optimised_image": ("png", "jpg", "jpeg"),
    "document": ("pdf", "docx", "odt"),
    "presentation": ("pptx", "odp"),
    "audio": ("mp3",),
    "web_audio": ("mp3",),
    "video": ("mp4",),
    "web_video": ("mp4",),
}
"""Groups of files by their names in Moodle."""


def shortanswer(question: MoodleQuestion) -> Specification:
    """A word or a few. Patterns have the same star as ours."""
    answers = [
        TypedAnswer(question.plain(answer), max(0.0, question.share(answer)), question.feedback(answer))
        for answer in question.answers()
    ]
    typed = short_text(answers, question.line, question.flag("usecase"))
    question.said += typed.said
    question.remarks += typed.remarks
    return typed.specification


def numerical(question: MoodleQuestion) -> Specification:
    """A number with a tolerance, perhaps with units: "multiplier" is how many of a unit make one of the first."""
    answers = []
    for answer in question.answers():
        written = question.plain(answer)
        tolerance = answer.first("tolerance")
        width = number_of(tolerance.text()) if tolerance and tolerance.text().strip() else 0
        right = None if written == "*" else number_of(written)
        answers.append(
            NumberAnswer(right, abs(width or 0), max(0.0, question.share(answer)), question.feedback(answer))
        )
    asked = numeric_of(answers, question.line)
    question.said += asked.said
    question.remarks += asked.remarks
    units = _units(question)
    if asked.specification["kind"] != "numeric" or not units:
        return asked.specification
    (unit, first), *others = units
    other_units = {name: snapped(float(f"{first / factor:.12g}")) for name, factor in others}
    return asked.specification | {"unit": unit, "other_units": other_units}


def _units(question: MoodleQuestion) -> list[tuple[str, float]]:
    """Names of units with their multipliers, the one with 1 first."""
    found: dict[str, float] = {}
    for node in question.node.below("unit"):
        name, multiplier = node.first("unit_name"), node.first("multiplier")
        factor = number_of(multiplier.text()) if multiplier else 1
        if name and name.text().strip() and factor and factor > 0:
            found[" ".join(name.text().split())] = float(factor)
    return sorted(found.items(), key=lambda pair: abs(pair[1] - 1) > 1e-9)


def essay(question: MoodleQuestion) -> Specification:
    """A long text, or files where nothing is to be written."""
    note = question.node.first("graderinfo")
    text = note.first("text") if note else None
    read = rubric_of_text(text.text()) if text else None
    rubric, example = read or (rubric_of_note(question.plain(note)), "")
    if question.plain(question.node.first("responsetemplate")):
        question.remarks.append("The text to begin with is left out.")
    only_files = question.value("responseformat") == "noinline"
    if only_files or (question.whole("attachmentsrequired") and not question.flag("responserequired", True)):
        return _files(question, rubric)
    if question.whole("attachments"):
        question.remarks.append("No files can be added to a long text.")
    least, most = question.whole("minwordlimit"), question.whole("maxwordlimit")
    words = {"least_words": min(least, MOST_WORDS), "most_words": min(most, MOST_WORDS) or MOST_WORDS}
    return {"kind": "long_text", "rubric": rubric, "example": example, **words}


def _files(question: MoodleQuestion, rubric: list[dict[str, Any]]) -> Specification:
    values: Specification = {"kind": "file_upload", "rubric": rubric}
    listed = question.value("filetypeslist").replace(";", ",").replace(" ", ",")
    endings: list[str] = []
    for one in filter(None, (part.strip().lstrip("*").casefold() for part in listed.split(","))):
        endings += GROUPS.get(one, (one.lstrip("."),))
    known = [one for one in dict.fromkeys(endings) if one in KNOWN_ENDINGS]
    if len(known) < len(set(endings)):
        question.remarks.append("Some endings of files are not allowed here.")
    if known:
        values["endings"] = known
    count, size = question.whole("attachments", 1), question.whole("maxbytes")
    values["most_files"] = min(count, MOST_FILES) or (MOST_FILES if question.value("attachments") == "-1" else 1)
    if size:
        values["most_megabytes"] = min(max(size // 1024 // 1024, 1), 100)
    return values
