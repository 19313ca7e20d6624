"""Choices, pairs, orders and categories of Moodle XML."""

from typing import Any

from training.rules.exchange.marked_choices import Marked, MarkedChoice, one_of, several_of
from training.rules.exchange.moodle.fields import MoodleQuestion
from training.rules.exchange.results import UnreadableError

Specification = dict[str, Any]


def multichoice(question: MoodleQuestion) -> Specification:
    """One or several of some choices."""
    return _taken(question, one_of if question.flag("single", True) else several_of)


def multichoiceset(question: MoodleQuestion) -> Specification:
    """Several of some choices, all or nothing (an extension that many sites have)."""
    return _taken(question, lambda choices, shuffle: several_of(choices, shuffle, all_or_nothing=True))


def _taken(question: MoodleQuestion, make: Any) -> Specification:
    choices = [
        MarkedChoice(question.plain(answer), question.share(answer), question.feedback(answer))
        for answer in question.answers()
    ]
    if not any(choice.mark > 0 for choice in choices):
        raise UnreadableError(question.line, "No choice is right.", "Give the right one a fraction of 100.")
    marked: Marked = make(choices, question.flag("shuffleanswers", True))
    question.remarks += marked.remarks
    return marked.specification


def truefalse(question: MoodleQuestion) -> Specification:
    """A statement to judge."""
    values: Specification = {"kind": "true_false", "right": True}
    for answer in question.answers():
        word = "true" if question.plain(answer).casefold() == "true" else "false"
        values[f"feedback_{word}"] = question.feedback(answer)
        if question.share(answer) > 0:
            values["right"] = word == "true"
    return values


def matching(question: MoodleQuestion) -> Specification:
    """Left sides with their right ones; a pair without a left side is one too many. A tag tells categories."""
    pairs, extra = [], []
    for node in question.node.elements("subquestion"):
        left, right = question.plain(node), question.plain(node.first("answer"))
        if left:
            pairs.append((left, right))
        elif right:
            extra.append(right)
    if is_tagged(question, "categorise"):
        return categories(pairs, extra)
    values: Specification = {"kind": "matching", "pairs": [{"left": left, "right": right} for left, right in pairs]}
    used = {right for _, right in pairs}
    values["extra"] = list(dict.fromkeys(text for text in extra if text not in used))
    return values | {"shuffle": question.flag("shuffleanswers", True)}


def categories(pairs: list[tuple[str, str]], extra: list[str]) -> Specification:
    """Items in categories, which come in the order in which they are first used."""
    return {
        "kind": "categorise",
        "categories": list(dict.fromkeys([*(right for _, right in pairs), *extra])),
        "items": [{"text": left, "category": right} for left, right in pairs],
    }


def statements(question: MoodleQuestion) -> Specification:
    """Statements with the same few answers each ("kprime", "mtf"): the answers are categories."""
    columns = {one.get("number"): question.plain(one.first("responsetext")) for one in question.node.below("column")}
    right = {
        one.get("rownumber"): one.get("columnnumber")
        for one in question.node.below("weight")
        if (value := one.first("value")) and (_number(value.text()) or 0) > 0
    }
    items = [
        {
            "text": question.plain(row.first("rowtext", "optiontext")),
            "category": columns.get(right.get(row.get("number"), ""), ""),
        }
        for row in question.node.below("row")
    ]
    marking = {"marking": "all_or_nothing"} if question.value("scoringmethod") in ("kprime", "allornothing") else {}
    return {"kind": "categorise", "categories": list(columns.values()), "items": items, **marking}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def ordering(question: MoodleQuestion) -> Specification:
    """Items in their right order."""
    if question.value("selecttype", "ALL").upper() not in ("ALL", "0", "") and question.whole("selectcount"):
        question.remarks.append("All items are asked for; Moodle drew some of them.")
    all_or_nothing = question.value("gradingtype").upper() in ("ALL_OR_NOTHING", "-1")
    items = [question.plain(answer) for answer in question.answers()]
    return {"kind": "ordering", "items": items, "marking": "all_or_nothing" if all_or_nothing else "partial"}


def is_tagged(question: MoodleQuestion, word: str) -> bool:
    """Whether a question has a tag."""
    return word in tags_of(question)


def tags_of(question: MoodleQuestion) -> list[str]:
    """The tags of a question."""
    return [
        tag.text().strip()
        for name in ("tags", "coursetags")
        for one in question.node.elements(name)
        for tag in one.elements("tag")
    ]
