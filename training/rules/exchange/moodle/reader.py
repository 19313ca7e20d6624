"""Read Moodle XML ("Moodle XML format", docs.moodle.org). A broken question costs that one, not those around it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.moodle import choosing, gaps, typing
from training.rules.exchange.moodle.fields import USUAL_FEEDBACK, MoodleQuestion
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.topics import about_of_tags, pool_of_tags, topic_of_category
from training.rules.exchange.xml_tree import ForbiddenXmlError, read_xml

_BEGINS = re.compile(r"<question\b")
_ENDS = "</question>"
_SIMPLE: dict[str, Callable[[MoodleQuestion], dict[str, Any]]] = {
    "multichoice": choosing.multichoice,
    "multichoiceset": choosing.multichoiceset,
    "truefalse": choosing.truefalse,
    "matching": choosing.matching,
    "match": choosing.matching,
    "ddmatch": choosing.matching,
    "kprime": choosing.statements,
    "mtf": choosing.statements,
    "ordering": choosing.ordering,
    "shortanswer": typing.shortanswer,
    "numerical": typing.numerical,
    "essay": typing.essay,
}
_WITH_GAPS: dict[str, Callable[[MoodleQuestion], gaps.Read]] = {
    "cloze": gaps.cloze,
    "multianswer": gaps.cloze,
    "gapselect": gaps.gapselect,
    "ddwtos": gaps.ddwtos,
}
_REASONS = {
    "description": ("This is a text without a question.", "Put it into a lesson."),
    "calculated": ("The numbers are drawn anew for each learner.", "Ask it with fixed numbers."),
    "calculatedsimple": ("The numbers are drawn anew for each learner.", "Ask it with fixed numbers."),
    "calculatedmulti": ("The numbers are drawn anew for each learner.", "Ask it with fixed numbers."),
    "random": ("This draws from other questions and asks nothing itself.", "Nothing is lost."),
    "randomsamatch": ("This is made of other questions by lot.", "Make a matching question."),
    "ddmarker": ("Marks are to be put on a picture.", "Make a hot spot, with places to choose from."),
    "ddimageortext": ("Pictures are to be put on a picture.", "Ask it as matching."),
}


def read_moodle(text: str, gathering: Gathering) -> Exchange:
    """The questions of a Moodle XML file."""
    topic = ""
    for node in _questions(text, gathering):
        if node.get("type") == "category":
            path = node.first("category")
            topic = topic_of_category(path.text().strip()) if path else topic
            continue
        try:
            _take(node, topic, gathering)
        except UnreadableError as error:
            gathering.leave_out(error.line, error.message, error.cure, _name(node))
    return gathering.done(Format.MOODLE_XML)


def _questions(text: str, gathering: Gathering) -> Iterator[Node]:
    """The questions of a file: all at once, or one by one where the XML is broken somewhere."""
    try:
        yield from read_xml(text).elements("question")
        return
    except ForbiddenXmlError as error:
        gathering.stop(error)
        return
    except UnreadableError as error:
        starts = [found.start() for found in _BEGINS.finditer(text)]
        if not starts:
            gathering.stop(error)
            return
    line, place = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, place = line + text.count("\n", place, start), start
        last = text.rfind(_ENDS, start, end)
        try:
            yield read_xml(text[start : last + len(_ENDS) if last >= 0 else end], line)
        except UnreadableError as error:
            gathering.stop(error)


def _take(node: Node, topic: str, gathering: Gathering) -> None:
    question = MoodleQuestion(node, gathering.pictures)
    kind = node.get("type")
    if kind in _WITH_GAPS:
        prompt, specification = _WITH_GAPS[kind](question)
    elif kind in _SIMPLE:
        prompt, specification = question.markdown(node.first("questiontext")), _SIMPLE[kind](question)
    else:
        usual = (f"There is no kind of question like “{kind[:40]}” here.", "Ask it in another way.")
        raise UnreadableError(node.line, *_REASONS.get(kind, usual))
    name = _name(node)
    draft = Draft(
        line=node.line,
        title=name,
        prompt=question.places.shown_aside(prompt or markdown_of_plain(name)),
        specification=specification,
        about=about_of_tags(choosing.tags_of(question)),
        pool=pool_of_tags(choosing.tags_of(question)),
        topic=topic,
        weight=question.number("defaultgrade", 1.0) or 1.0,
        explanation=_explanation(question),
    )
    if gathering.add(draft):
        for remark in [*question.remarks, *question.places.remarks]:
            gathering.remark(node.line, remark, "Check the question.", name)


def _name(node: Node) -> str:
    name = node.first("name")
    return " ".join(name.text().split()) if name else ""


def _explanation(question: MoodleQuestion) -> str:
    """What is said to everybody, then what was said to some and has no other place here."""
    said = [question.markdown(question.node.first("generalfeedback")), *question.said]
    for name, words in (
        ("correctfeedback", "right"),
        ("partiallycorrectfeedback", "partly right"),
        ("incorrectfeedback", "wrong"),
    ):
        text = question.markdown(question.node.first(name))
        if text and text.casefold() not in USUAL_FEEDBACK:
            said.append(f"If {words}: {text}")
    if any(question.plain(hint) for hint in question.node.elements("hint")):
        question.remarks.append("Hints between several tries are left out.")
    return "\n\n".join(filter(None, said))
