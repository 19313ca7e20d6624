"""Texts with gaps of Moodle XML: Cloze, missing words to select, words to drag."""

import re
from typing import Any

from training.rules.course_files.front_matter import tidy_body
from training.rules.exchange.decoding import tidy
from training.rules.exchange.marked_choices import MarkedChoice, one_of, several_of
from training.rules.exchange.moodle.cloze import MARK, Gap, gaps_marked
from training.rules.exchange.moodle.fields import MoodleQuestion, form_of
from training.rules.exchange.number_ranges import NumberAnswer, numeric_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.html import read_html, seems_html
from training.rules.exchange.texts.lines import lines_of_markdown, lines_of_node
from training.rules.exchange.texts.markdown import markdown_of_node
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.typed_answers import TypedAnswer, short_text

Specification = dict[str, Any]
USUAL_PROMPT = "Fill in the gaps."
LINE = "\\_\\_\\_\\_\\_"
Read = tuple[str, Specification]
"""A prompt and the specification."""


def cloze(question: MoodleQuestion) -> Read:
    """A text with gaps; one with a single gap that cannot stand in a text is the question that it asks."""
    node = question.node.first("questiontext")
    text = node.first("text") if node else None
    marked, gaps = gaps_marked(text.text() if text else "")
    if not gaps:
        raise UnreadableError(question.line, "There is no gap in the text.", "Write one such as {1:SHORTANSWER:=word}.")
    if len({gap.weight for gap in gaps}) > 1:
        question.remarks.append("All gaps count the same now.")
    kinds = {gap.kind for gap in gaps}
    if len(gaps) == 1 and kinds & {"number", "several"}:
        prompt = MARK.sub(lambda found: LINE, _whole_markdown(question, node, marked))
        return prompt, _single(question, gaps[0])
    if "several" in kinds:
        cure = "Make a multiple choice of that gap."
        raise UnreadableError(question.line, "A gap asks for several choices at once.", cure)
    prompt, body = _split(question, node, marked)
    return prompt, _gaps(question, body, gaps)


def _single(question: MoodleQuestion, gap: Gap) -> Specification:
    if gap.kind == "number":
        asked = numeric_of([_number(one.words, one.mark, one.feedback) for one in gap.alternatives], question.line)
        question.said += asked.said
        question.remarks += asked.remarks
        return asked.specification
    right = sum(one.mark >= 1 for one in gap.alternatives) or 1
    choices = [
        MarkedChoice(one.words, one.mark / right if one.mark >= 1 else one.mark, one.feedback)
        for one in gap.alternatives
    ]
    marked = several_of(choices)
    question.remarks += marked.remarks
    return marked.specification


def _number(words: str, mark: float, feedback: str) -> NumberAnswer:
    right, _, tolerance = words.partition(":")
    return NumberAnswer(number_of(right), abs(number_of(tolerance) or 0), max(0.0, mark), feedback)


def _gaps(question: MoodleQuestion, body: str, gaps: list[Gap]) -> Specification:
    if all(gap.kind == "one" for gap in gaps):
        listed = []
        for gap in gaps:
            marked = one_of([MarkedChoice(one.words, one.mark, one.feedback) for one in gap.alternatives])
            question.remarks += marked.remarks
            listed.append({"choices": marked.specification["choices"]})
        return {"kind": "choose_in_text", "text": numbered(body), "gaps": listed}
    offered: dict[int, str] = {}
    for place, gap in enumerate(gaps, 1):
        if gap.kind == "one":
            offered[place] = f" ({' / '.join(one.words for one in gap.alternatives)})"
    if offered:
        question.remarks.append("Lists to choose from became words to type; the choices stand behind the gaps.")
    text = MARK.sub(lambda found: f"[[{found[1]}]]{offered.get(int(found[1]), '')}", _without_own(body))
    return {"kind": "blanks", "text": text, "gaps": [_typed(question, gap) for gap in gaps]}


def _typed(question: MoodleQuestion, gap: Gap) -> dict[str, Any]:
    alternatives = gap.alternatives
    if gap.kind == "number":
        return {"accept": _number_words(question, gap)}
    answers = [
        TypedAnswer(one.words, max(0.0, one.mark), one.feedback)
        for one in alternatives
        if one.mark > 0 or gap.kind != "one"
    ]
    typed = short_text(answers, question.line, gap.kind == "typed_case")
    question.said += typed.said
    question.remarks += typed.remarks
    return typed.fields


def _number_words(question: MoodleQuestion, gap: Gap) -> list[str]:
    """A number in a text is typed as a word, so it must be one that is met exactly."""
    accept: list[str] = []
    for one in gap.alternatives:
        number = _number(one.words, one.mark, one.feedback)
        if number.tolerance and number.mark > 0:
            cure = "Make a number question of that gap."
            raise UnreadableError(question.line, "A gap asks for a number with a tolerance, among other gaps.", cure)
        if number.mark > 0 and number.right is not None:
            word = one.words.partition(":")[0].strip()
            accept += [word, word.replace(".", ",")] if "." in word else [word]
    if not accept:
        raise UnreadableError(question.line, "A gap has no right number.", "Write one such as {1:NUMERICAL:=3}.")
    return list(dict.fromkeys(accept))


def _whole_markdown(question: MoodleQuestion, node: Node | None, marked: str) -> str:
    if form_of(node) == "markdown":
        return tidy_body(tidy(marked))
    return markdown_of_node(_tree(node, marked), question.places.place)


def _split(question: MoodleQuestion, node: Node | None, marked: str) -> tuple[str, str]:
    """The blocks before the first gap are the prompt, the others the text with gaps."""
    if form_of(node) == "markdown":
        before, first, after = marked.partition(f"{chr(0xE000)}1{chr(0xE001)}")
        head, _, tail = before.rpartition("\n\n")
        return tidy_body(tidy(head)) or USUAL_PROMPT, lines_of_markdown(tail + first + after)
    root = _tree(node, marked)
    while len(root.elements()) == 1 and not "".join(one for one in root.children if isinstance(one, str)).strip():
        (only,) = root.elements()
        if only.name not in ("div", "section", "article", "body", "html", "form"):
            break
        root = only
    place = next(
        (n for n, one in enumerate(root.children) if MARK.search(one if isinstance(one, str) else one.text())), 0
    )
    while place > 0 and not _is_block(root.children[place - 1]):
        place -= 1
    above = Node("div", {}, root.children[:place])
    body = lines_of_node(Node("div", {}, root.children[place:]), question.places.in_short)
    return markdown_of_node(above, question.places.place) or USUAL_PROMPT, body


def _is_block(one: Node | str) -> bool:
    if isinstance(one, str):
        return not one.strip()
    return one.name not in ("b", "i", "em", "strong", "span", "u", "a", "sub", "sup", "code", "img", "font", "small")


def _tree(node: Node | None, marked: str) -> Node:
    form = form_of(node)
    if form == "plain_text" or (form == "moodle_auto_format" and not seems_html(marked)):
        return read_html("".join(f"<p>{line}</p>" for line in marked.split("\n") if line.strip()))
    return read_html(marked)


def numbered(body: str) -> str:
    """A body with its gaps as ours are written."""
    return MARK.sub(r"[[\1]]", _without_own(body))


def _without_own(body: str) -> str:
    """Brackets that would look like a gap of ours lose one of them."""
    return re.sub(r"\[\[(\d{1,2})\]\]", r"[\1]", body)


def gapselect(question: MoodleQuestion) -> Read:
    """Missing words to select: [[n]] takes the n-th option; all options of its group are offered."""
    return _from_groups(question, "selectoption")


def ddwtos(question: MoodleQuestion) -> Read:
    """Words to drag into a text, which are chosen from lists here."""
    return _from_groups(question, "dragbox")


def _from_groups(question: MoodleQuestion, name: str) -> Read:
    options = []
    for one in question.node.elements(name):
        group = one.first("group")
        options.append((question.plain(one), group.text().strip() if group else "1"))
    node = question.node.first("questiontext")
    text = node.first("text") if node else None
    written = text.text() if text else ""
    numbers = [int(found) for found in re.findall(r"\[\[(\d{1,3})\]\]", written)]
    if not numbers or not all(1 <= number <= len(options) for number in numbers):
        cure = "Write [[1]] for the first option."
        raise UnreadableError(question.line, "A gap has no option, or there is no gap.", cure)
    count = iter(range(1, len(numbers) + 1))
    marked = re.sub(r"\[\[\d{1,3}\]\]", lambda _: f"{chr(0xE000)}{next(count)}{chr(0xE001)}", written)
    prompt, body = _split(question, node, marked)
    gaps = []
    for number in numbers:
        right, own = options[number - 1]
        words = list(dict.fromkeys(word for word, other in options if other == own))
        gaps.append({"choices": [{"text": word} | ({"right": True} if word == right else {}) for word in words]})
    return prompt, {"kind": "choose_in_text", "text": numbered(body), "gaps": gaps}
