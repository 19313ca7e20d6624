"""Fields and lists in the middle of a text: one makes a short text or a number, several a text with gaps."""

from typing import Any

from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.content import CLOSE, LINE, MARK, OPEN, split_at_marks
from training.rules.exchange.qti.filling import accepted, inline_choice, typed
from training.rules.exchange.qti.values import NUMBERS
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_text
from training.rules.exchange.texts.lines import lines_of_node
from training.rules.exchange.texts.markdown import markdown_of_node
from training.rules.exchange.texts.nodes import Node

Read = tuple[str, Specification]
USUAL_PROMPT = "Fill in the gaps."


def one_in_text(asked: Asked, asking: list[Node]) -> Read:
    """One field: below the text it asks for a word, in a line of the text for a gap, and for a number in both cases."""
    (interaction,) = asking
    others = asked.lines_for_others(asking)
    specification = (
        typed(asked, interaction) if interaction.name == "textEntryInteraction" else _listed(asked, interaction)
    )
    marked = asked.content.cleaned(asked.body, {**others, id(interaction): f"{OPEN}1{CLOSE}"})
    above, below = split_at_marks(marked)
    lines = lines_of_node(below, asked.content.places.in_short)
    is_alone = MARK.fullmatch(lines) is not None or bool(interaction.get("data-unit"))
    if is_alone and asked.kind not in ("blanks", "choose_in_text"):
        return asked.content.markdown(asked.body, others), specification
    if specification["kind"] == "short_text":
        fields = {name: value for name, value in specification.items() if name != "kind"}
        return _texts(asked, above, lines, {"kind": "blanks", "gaps": [fields]})
    whole = asked.content.markdown(asked.body, {**others, id(interaction): LINE})
    return whole, specification


def _listed(asked: Asked, interaction: Node) -> Specification:
    return {"kind": "single_choice", "choices": inline_choice(asked, interaction)}


def gaps_in_text(asked: Asked, asking: list[Node]) -> Read:
    """Several fields or lists. Where both come together, the words of a list stand behind its gap."""
    marks = asked.lines_for_others(asking)
    marks |= {id(one): f"{OPEN}{number}{CLOSE}" for number, one in enumerate(asking, 1)}
    above, below = split_at_marks(asked.content.cleaned(asked.body, marks))
    lines = lines_of_node(below, asked.content.places.in_short)
    is_typed = any(one.name == "textEntryInteraction" for one in asking)
    gaps: list[dict[str, Any]] = []
    shown: dict[str, str] = {}
    for number, one in enumerate(asking, 1):
        try:
            gap, offered = _gap(asked, one, is_typed)
        except UnreadableError:
            if len(asking) == 1 or (one is asking[-1] and not gaps):
                raise
            shown[str(number)] = LINE
            asked.remarks.append("A gap without a right answer that is known here is a mere line.")
            continue
        gaps.append(gap)
        shown[str(number)] = f"{OPEN}{len(gaps)}{CLOSE}{offered}"
        if offered:
            asked.remarks.append("Lists to choose from became words to type; the choices stand behind the gaps.")
    lines = MARK.sub(lambda found: shown[found[1]], lines)
    kind = "blanks" if is_typed else "choose_in_text"
    return _texts(asked, above, lines, {"kind": kind, "gaps": gaps, "marking": _marking(asked, asking)})


def _texts(asked: Asked, above: Node, lines: str, rest: Specification) -> Read:
    prompt = markdown_of_node(above, asked.content.places.place)
    prompt = asked.content.own(above, prompt) or prompt
    return prompt or USUAL_PROMPT, {**rest, "text": MARK.sub(r"[[\1]]", _without_brackets(lines))}


def _without_brackets(lines: str) -> str:
    """Brackets that would look like a gap of ours."""
    return lines.replace("[[", "[ [")


def _gap(asked: Asked, interaction: Node, is_typed: bool) -> tuple[dict[str, Any], str]:
    """A gap, and what stands behind it."""
    if interaction.name == "textEntryInteraction":
        return _typed_gap(asked, interaction), ""
    choices = inline_choice(asked, interaction)
    if not is_typed:
        return {"choices": choices}, ""
    right = [choice["text"] for choice in choices if choice.get("right")]
    return {"accept": right}, f" ({' / '.join(choice['text'] for choice in choices)})"


def _typed_gap(asked: Asked, interaction: Node) -> dict[str, Any]:
    response = asked.response(interaction)
    if response.base_type not in NUMBERS:
        return accepted(asked, interaction, response)
    number = typed(asked, interaction)
    if number.get("tolerance"):
        cure = "Make a number question of that gap."
        raise UnreadableError(interaction.line, "A gap asks for a number with a tolerance, among other gaps.", cure)
    word = number_text(number["right"])
    return {"accept": [word, word.replace(".", ",")] if "." in word else [word]}


def _marking(asked: Asked, asking: list[Node]) -> str:
    """All or nothing, if the loss of any one gap loses everything."""
    asked.settle()
    if len(asking) < 2 or asked.best <= ENOUGH:
        return "partial"
    left = [asked.score(asked.response(one), None) for one in asking]
    return "all_or_nothing" if all(score <= ENOUGH for score in left) else "partial"
