"""Interactions that take some of several things: choices, words of a text, places of a picture."""

from training.rules.exchange.marked_choices import MarkedChoice, one_of, several_of
from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.choice_marks import best_set, marks_together, right_set, sets_in_rules
from training.rules.exchange.qti.values import Response, all_of
from training.rules.exchange.shares import number_of, snapped
from training.rules.exchange.texts.nodes import Node

MOST_FOR_OPINION = 9


def choice(asked: Asked, interaction: Node) -> Specification:
    """One or several of some choices; without a key an opinion."""
    options = interaction.elements("simpleChoice")
    texts = [asked.content.plain(one) for one in options]
    return taken(asked, interaction, options, texts)


def hottext(asked: Asked, interaction: Node) -> Specification:
    """Words of a text to be chosen; the same words twice get numbers."""
    options = list(interaction.below("hottext"))
    texts: list[str] = []
    for one in options:
        words = asked.content.plain(one)
        count = sum(text == words or text.startswith(f"{words} (no. ") for text in texts)
        texts.append(f"{words} (no. {count + 1})" if count else words)
    return taken(asked, interaction, options, texts)


def taken(asked: Asked, interaction: Node, options: list[Node], texts: list[str]) -> Specification:
    """A question with choices from the elements and their words."""
    response = asked.response(interaction)
    names = [one.get("identifier") for one in options]
    is_single = response.cardinality == "single" or interaction.get("maxChoices") == "1"
    shuffle = interaction.get("shuffle") == "true" and not any(one.get("fixed") == "true" for one in options)
    if asked.kind == "likert" or not _has_key(asked, response, names):
        return _opinion(asked, interaction, texts, is_single)
    said = said_to_each(asked, response, names)
    if is_single:
        marks = [asked.scoring.score(asked.with_value(response, response.of(name))) for name in names]
        nothing = asked.score(response, None)
        return _single(asked, response, names, texts, [mark - nothing for mark in marks], said, shuffle)
    return _several(asked, interaction, response, names, texts, said, shuffle)


def _has_key(asked: Asked, response: Response, names: list[str]) -> bool:
    if response.correct is not None:
        return True
    if any(asked.score(response, response.of(name)) > ENOUGH for name in names):
        return True
    return response.cardinality != "single" and bool(
        sets_in_rules(asked, response, names) or best_set(asked, response, names)
    )


def _opinion(asked: Asked, interaction: Node, texts: list[str], is_single: bool) -> Specification:
    if not is_single or not 2 <= len(texts) <= MOST_FOR_OPINION:
        raise asked.without_key(asked.response(interaction))
    prompt = interaction.first("prompt")
    statement = asked.content.plain(prompt) if prompt else ""
    statement = statement or asked.item.get("title")
    asked.note_opinion()
    return {"kind": "likert", "statements": [statement], "scale": texts}


def _single(
    asked: Asked,
    response: Response,
    names: list[str],
    texts: list[str],
    scores: list[float],
    said: list[str],
    shuffle: bool,
) -> Specification:
    best = max(scores, default=0.0)
    right = str(all_of(response.correct)[0]) if response.correct is not None else ""
    if best <= ENOUGH:
        if right not in names:
            raise asked.without_key(response)
        asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
        scores, best = [float(name == right) for name in names], 1.0
    asked.right[response.identifier] = response.of(names[scores.index(best)])
    marks = [snapped(score / best) for score in scores]
    if is_true_false(texts):
        place = [text.casefold() for text in texts].index("true")
        return {
            "kind": "true_false",
            "right": marks[place] >= 1 - ENOUGH,
            "feedback_true": said[place],
            "feedback_false": said[1 - place],
        }
    choices = [MarkedChoice(*one) for one in zip(texts, marks, said, strict=True)]
    marked = one_of(choices, shuffle)
    asked.remarks += marked.remarks
    return marked.specification


def is_true_false(texts: list[str]) -> bool:
    """Whether two choices are "True" and "False"."""
    return sorted(text.casefold() for text in texts) == ["false", "true"]


def said_to_each(asked: Asked, response: Response, names: list[str]) -> list[str]:
    """What is said to each choice alone. What is said to all of them is not for a choice but for everybody."""
    came = [asked.scoring.came_of(asked.with_value(response, response.of(name))) for name in names]
    shown = asked.feedback
    own = [[node for node in shown if asked.words_for(one, [node])] for one in came]
    for_all = set.intersection(*(set(map(id, nodes)) for nodes in own)) if own else set()
    for nodes in own:
        asked.feedback_used |= {id(node) for node in nodes if id(node) not in for_all}
    return [
        asked.words_for(one, [node for node in nodes if id(node) not in for_all])
        for one, nodes in zip(came, own, strict=True)
    ]


def _several(
    asked: Asked,
    interaction: Node,
    response: Response,
    names: list[str],
    texts: list[str],
    said: list[str],
    shuffle: bool,
) -> Specification:
    most = int(number_of(interaction.get("maxChoices", "0")) or 0) or len(names)
    right = right_set(asked, response, names, most)
    asked.right[response.identifier] = response.of(*right)
    marks, all_or_nothing = marks_together(asked, response, names, right)
    if most < len(names) and not all_or_nothing and all(mark >= 0 for mark in marks):
        asked.remarks.append(f"At most {most} could be chosen; instead wrong choices take marks away.")
        wrong = len(names) - len(right)
        marks = [mark if mark > 0 else -1 / max(wrong, 1) for mark in marks]
    choices = [MarkedChoice(*one) for one in zip(texts, marks, said, strict=True)]
    marked = several_of(choices, shuffle, all_or_nothing)
    asked.remarks += marked.remarks
    return marked.specification
