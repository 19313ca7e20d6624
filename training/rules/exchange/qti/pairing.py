"""Interactions that put things in order or together: order, match, associate, gap match."""

from collections.abc import Sequence

from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.content import CLOSE, MARK, OPEN, split_at_marks
from training.rules.exchange.qti.values import Response, all_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.texts.lines import lines_of_node
from training.rules.exchange.texts.markdown import markdown_of_node
from training.rules.exchange.texts.nodes import Node

NOWHERE = "None of these"
MOST_CATEGORIES = 8
Pair = tuple[str, str]


def order(asked: Asked, interaction: Node) -> Specification:
    """Things in their right order."""
    response = asked.response(interaction)
    options = interaction.elements("simpleChoice", "hotspotChoice")
    texts = {one.get("identifier"): asked.content.plain(one) for one in options}
    right = [str(one) for one in all_of(response.correct)]
    if not right:
        raise asked.without_key(response)
    if set(right) != set(texts):
        cure = "Ask for all of them to be put in order."
        raise UnreadableError(interaction.line, "Only some of the things are to be put in order.", cure)
    swapped = [right[1], right[0], *right[2:]]
    whole = len(right) > 2 and asked.share(response, response.of(*swapped)) <= ENOUGH
    items = [texts[name] for name in right]
    return {"kind": "ordering", "items": items, "marking": "all_or_nothing" if whole else "partial"}


def match(asked: Asked, interaction: Node) -> Specification:
    """Things of one set with things of another."""
    response = asked.response(interaction)
    sets = interaction.elements("simpleMatchSet")
    if len(sets) != 2:
        raise UnreadableError(interaction.line, "There are not two sets to match.", "Export the item again.")
    lefts, rights = (one.elements("simpleAssociableChoice") for one in sets)
    words = {one.get("identifier"): asked.content.plain(one) for one in [*lefts, *rights]}
    left_names, right_names = ([one.get("identifier") for one in side] for side in (lefts, rights))
    pairs = _declared(asked, response)
    if not pairs:
        return _opinions(asked, response, [words[one] for one in left_names], [words[one] for one in right_names])
    many = any(one.get("matchMax", "1") != "1" for one in rights)
    if len({left for left, _ in pairs}) < len(pairs) and len({right for _, right in pairs}) == len(pairs):
        pairs, left_names, right_names = [(right, left) for left, right in pairs], right_names, left_names
        many = True
    return _paired(asked, interaction, response, pairs, words, left_names, right_names, many)


def _declared(asked: Asked, response: Response) -> list[Pair]:
    """The right pairs; those that a mapping makes worth something, where none are declared."""
    values = all_of(response.correct)
    if not values and response.mapping:
        values = [key for key, worth in response.mapping.entries.items() if worth > 0]
        asked.right[response.identifier] = values
    return [(first, second) for first, _, second in (str(one).partition(" ") for one in values) if second]


def _opinions(asked: Asked, response: Response, statements: list[str], scale: list[str]) -> Specification:
    if asked.scoring.has_rules and asked.kind != "likert" and asked.best > ENOUGH:
        raise asked.without_key(response)
    asked.note_opinion()
    return {"kind": "likert", "statements": statements, "scale": scale}


def _paired(
    asked: Asked,
    interaction: Node,
    response: Response,
    pairs: Sequence[Pair],
    words: dict[str, str],
    lefts: list[str],
    rights: list[str],
    many: bool,
) -> Specification:
    """Matching, or categorising where several left sides share a right one."""
    right_of = _right_of(interaction, pairs, lefts, rights)
    nowhere = [left for left in lefts if left not in right_of]
    if nowhere:
        asked.remarks.append(f"What belongs nowhere belongs to “{NOWHERE}” now.")
    listed = [(words[left], words[right_of[left]] if left in right_of else NOWHERE) for left in lefts]
    offered = [words[one] for one in rights] + ([NOWHERE] if nowhere else [])
    marking = {"marking": _marking(asked, response, pairs)}
    used = {right for _, right in listed}
    shared = len(used) < len(listed) or many
    if asked.kind == "categorise" or (not asked.kind and shared and 2 <= len(offered) <= MOST_CATEGORIES):
        items = [{"text": left, "category": right} for left, right in listed]
        return {"kind": "categorise", "categories": offered, "items": items, **marking}
    sides = [{"left": left, "right": right} for left, right in listed]
    extra = [one for one in offered if one not in used]
    shuffle = interaction.get("shuffle", "false") == "true"
    return {"kind": "matching", "pairs": sides, "extra": extra, "shuffle": shuffle, **marking}


def _right_of(interaction: Node, pairs: Sequence[Pair], lefts: Sequence[str], rights: Sequence[str]) -> dict[str, str]:
    """The right side of each left one. Raises UnreadableError if one has several."""
    right_of: dict[str, str] = {}
    for left, right in pairs:
        if left not in lefts or right not in rights:
            raise UnreadableError(interaction.line, "A right pair names nothing of the sets.", "Export the item again.")
        if left in right_of:
            cure = "Ask a multiple choice for each."
            raise UnreadableError(interaction.line, "One thing belongs to several others.", cure)
        right_of[left] = right
    return right_of


def _marking(asked: Asked, response: Response, pairs: Sequence[Pair]) -> str:
    """Whether a part of the pairs earns a part of the mark."""
    if len(pairs) < 2:
        return "partial"
    some = response.of(*(f"{left} {right}" for left, right in pairs[:-1]))
    return "partial" if asked.share(response, some) > ENOUGH else "all_or_nothing"


def associate(asked: Asked, interaction: Node) -> Specification:
    """Pairs of things of one set: the first of each pair is asked, the second is offered."""
    response = asked.response(interaction)
    options = interaction.elements("simpleAssociableChoice", "associableHotspot")
    words = {one.get("identifier"): asked.content.plain(one) for one in options}
    pairs = _turned([(one, other) for one, other in _declared(asked, response)], list(words))
    if not pairs:
        raise asked.without_key(response)
    if len({left for left, _ in pairs}) < len(pairs):
        raise UnreadableError(interaction.line, "One thing belongs to several others.", "Ask it as matching.")
    asked.remarks.append("One side of each pair is given now, and the other is to be chosen.")
    used = {name for pair in pairs for name in pair}
    marking = _marking(asked, response, pairs)
    return {
        "kind": "matching",
        "pairs": [{"left": words[left], "right": words[right]} for left, right in pairs],
        "extra": [text for name, text in words.items() if name not in used],
        "marking": marking,
    }


def _turned(pairs: list[Pair], order: list[str]) -> list[Pair]:
    """Pairs, turned so that what belongs to several stands on the right, else in the order of the item."""
    count = {name: sum(name in pair for pair in pairs) for name in order}
    turned = []
    for one, other in pairs:
        if one in count and other in count:
            first, second = sorted((one, other), key=lambda name: (count[name], order.index(name)))
            turned.append((first, second))
    return turned


def gap_match(asked: Asked, interaction: Node) -> tuple[str, Specification]:
    """Things to put into the gaps of a text: each gap offers all of them."""
    response = asked.response(interaction)
    options = interaction.elements("gapText", "gapImg")
    words = {one.get("identifier"): asked.content.plain(one) for one in options}
    places = list(interaction.below("gap"))
    right_of = {place: option for option, place in _declared(asked, response)}
    missing = [one for one in places if right_of.get(one.get("identifier")) not in words]
    if not places or missing:
        raise UnreadableError(
            interaction.line, "Nothing says what belongs into a gap.", "Declare the correct response."
        )
    marks = {id(one): f"{OPEN}{number}{CLOSE}" for number, one in enumerate(places, 1)}
    inside = Node("div", {}, [one for one in interaction.children if one not in options and not _is_prompt(one)])
    above, body = split_at_marks(asked.content.cleaned(inside, marks))
    pairs = [(right_of[one.get("identifier")], one.get("identifier")) for one in places]
    offered = list(dict.fromkeys(words.values()))
    gaps = [
        {"choices": [{"text": text} | ({"right": True} if text == words[right] else {}) for text in offered]}
        for right, _ in pairs
    ]
    text = MARK.sub(r"[[\1]]", lines_of_node(body, asked.content.places.in_short))
    specification = {"kind": "choose_in_text", "text": text, "gaps": gaps, "marking": _marking(asked, response, pairs)}
    return markdown_of_node(above, asked.content.places.place), specification


def _is_prompt(one: Node | str) -> bool:
    return isinstance(one, Node) and one.name == "prompt"


def graphic_gap_match(asked: Asked, interaction: Node) -> Specification:
    """Things to put on places of a picture, where the places have names."""
    response = asked.response(interaction)
    options = interaction.elements("gapText", "gapImg")
    spots = interaction.elements("associableHotspot")
    words = {one.get("identifier"): asked.content.plain(one) for one in [*options, *spots]}
    if not all(words.values()):
        cure = "Give each place a label, or make a hot spot."
        raise UnreadableError(interaction.line, "The places of the picture have no names.", cure)
    pairs = [(spot, option) for option, spot in _declared(asked, response)]
    if not pairs:
        raise asked.without_key(response)
    names = [one.get("identifier") for one in spots]
    return _paired(asked, interaction, response, pairs, words, names, [one.get("identifier") for one in options], False)
