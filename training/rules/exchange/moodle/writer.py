"""Write Moodle XML. Texts are Markdown and say so; pictures are packed into the question that shows them."""

from collections.abc import Sequence

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.fitting import Fitting, changed, fitted
from training.rules.exchange.moodle.bodies import BODIES, cloze_text, multiplier
from training.rules.exchange.moodle.cloze import FIELD
from training.rules.exchange.moodle.parts import Files, category, pictures_in, whole
from training.rules.exchange.results import Exported
from training.rules.exchange.xml_text import HEAD, element

WITH_GAPS = ("blanks", "choose_in_text")
PARTIAL_ONLY = ("multiple_choice", "matching", "categorise", *WITH_GAPS)


def write_moodle(questions: Sequence[QuestionText], files: Files | None = None) -> Exported:
    """Questions as a Moodle XML file. `files` are their pictures by name."""
    pictures = files or {}
    fitting = Fitting("Moodle XML")
    kept = fitted(questions, fitting, lambda one, question: _fit(one, question, pictures))
    parts, topic = [], ""
    for question in kept:
        if question.topic != topic:
            topic = question.topic
            parts.append(category(topic))
        parts.append(_question(question, pictures))
    data = HEAD + element("quiz", "\n", *(f"{part}\n" for part in parts)) + "\n"
    return Exported(data.encode(), "xml", "application/xml", tuple(kept), tuple(fitting.problems))


def _question(question: QuestionText, files: Files) -> str:
    kind, body = BODIES[question.kind]
    prompt = question.prompt
    if question.kind in WITH_GAPS:
        prompt = f"{prompt}\n\n{cloze_text(question.specification)}"
    tags = ("categorise",) if question.kind == "categorise" else ()
    return whole(question, kind, prompt, body(question.specification), files, *tags)


def _fit(fitting: Fitting, question: QuestionText, files: Files) -> QuestionText | None:
    if question.kind not in BODIES:
        fitting.unknown_kind(question)
        return None
    if question.kind in WITH_GAPS and (FIELD.search(question.prompt) or FIELD.search(question.specification["text"])):
        fitting.left_out(question, "The text has a gap in Moodle's own notation.", "Word the text differently.")
        return None
    question = fitting.absolute(fitting.with_pool(fitting.with_topic(question)))
    question = fitting.drop(question, "keys", "keys of older wordings")
    question = fitting.without_leniency(question)
    if question.kind in PARTIAL_ONLY:
        question = fitting.in_parts(question)
    if question.kind == "categorise":
        question = fitting.in_order_of_use(question)
    if "other_units" in question.specification:
        question = _with_multipliers(question)
    missing = [name for name in pictures_in(question.prompt, question.explanation) if name not in files]
    if missing:
        fitting.lost(question, f"The picture {missing[0]} is not there.", "Add it to the question first.")
    return question


def _with_multipliers(question: QuestionText) -> QuestionText:
    """Moodle counts the other way round; what is left of a factor after turning it twice is what it holds."""
    units = {name: multiplier(multiplier(factor)) for name, factor in question.specification["other_units"].items()}
    return changed(question, other_units=units)
