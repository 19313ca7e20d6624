"""Interactions that are typed or filled in: text entry, inline choice, slider, extended text, upload."""

import re
from typing import Any

from training.rules.exchange.marked_choices import MarkedChoice, one_of
from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.candidates import candidates
from training.rules.exchange.qti.numbers import number_asked
from training.rules.exchange.qti.taking import said_to_each
from training.rules.exchange.qti.values import NUMBERS, Response, Value, all_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.rubric_text import rubric_of_note, rubric_of_text
from training.rules.exchange.shares import number_of, number_text
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.typed_answers import TypedAnswer, literal, short_text
from training.rules.kinds.file_upload import KNOWN_ENDINGS

ENDINGS_OF = {"jpeg": ("jpg", "jpeg"), "plain": ("txt",), "mpeg": ("mp3",), "markdown": ("md",)}


def typed(asked: Asked, interaction: Node) -> Specification:
    """A word, or a number where the response is one."""
    response = asked.response(interaction)
    if response.base_type in NUMBERS:
        return number_asked(asked, interaction, response)
    return {"kind": "short_text", **accepted(asked, interaction, response)}


def accepted(asked: Asked, interaction: Node, response: Response) -> dict[str, Any]:
    """The accepted answers of one field: every value that is named, marked by the item's own rules."""
    named = candidates(asked, response)
    scores = {value: asked.score(response, response.of(str(value))) for value in named}
    nothing = asked.score(response, None)
    best = max(scores.values(), default=nothing)
    if best - nothing <= ENOUGH:
        if response.correct is None:
            raise asked.without_key(response)
        asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
        scores, nothing, best = dict.fromkeys(all_of(response.correct), 1.0), 0.0, 1.0
    asked.right[response.identifier] = response.of(str(max(scores, key=lambda value: scores[value])))
    answers = []
    for value, score in scores.items():
        share = (score - nothing) / (best - nothing)
        if share > ENOUGH:
            answers.append(TypedAnswer(literal(_words(value)), min(share, 1.0)))
    minds_case = response.base_type == "string" and _minds_case(asked, response, scores)
    typed_answers = short_text(answers, interaction.line, minds_case)
    asked.remarks += typed_answers.remarks
    return typed_answers.fields


def _words(value: Value) -> str:
    return number_text(value) if isinstance(value, float) else " ".join(str(value).split())


def _minds_case(asked: Asked, response: Response, scores: dict[Value, float]) -> bool:
    """Whether the same word in other letters is worth less."""
    for value, score in scores.items():
        other = str(value).swapcase()
        if score > ENOUGH and other != str(value):
            return asked.score(response, response.of(other)) < score - ENOUGH
    return False


def slider(asked: Asked, interaction: Node) -> Specification:
    """A number on a scale, which is typed here."""
    asked.remarks.append("The number on the scale is typed now.")
    return number_asked(asked, interaction, asked.response(interaction))


def scale_of(interaction: Node) -> str:
    """The ends of a scale, for the text of the question."""
    return f"From {interaction.get('lowerBound')} to {interaction.get('upperBound')}."


def inline_choice(asked: Asked, interaction: Node) -> list[dict[str, Any]]:
    """The choices of one gap."""
    response = asked.response(interaction)
    options = interaction.elements("inlineChoice")
    names = [one.get("identifier") for one in options]
    scores = [asked.score(response, response.of(name)) for name in names]
    nothing, best = asked.score(response, None), max(scores, default=0.0)
    if best - nothing <= ENOUGH:
        right = str(all_of(response.correct)[0]) if response.correct is not None else ""
        if right not in names:
            raise asked.without_key(response)
        scores, nothing, best = [float(name == right) for name in names], 0.0, 1.0
    asked.right[response.identifier] = response.of(names[scores.index(best)])
    said = said_to_each(asked, response, names)
    marks = [(score - nothing) / (best - nothing) for score in scores]
    texts = [asked.content.plain(one) for one in options]
    marked = one_of([MarkedChoice(*one) for one in zip(texts, marks, said, strict=True)])
    asked.remarks += marked.remarks
    choices: list[dict[str, Any]] = marked.specification["choices"]
    return choices


def extended_text(asked: Asked, interaction: Node) -> Specification:
    """A long text, graded by a person; a text whose right answers are listed is a short one."""
    response = asked.scoring.responses.get(interaction.get("responseIdentifier"))
    if response and response.mapping and any(worth > 0 for worth in response.mapping.entries.values()):
        return typed(asked, interaction)
    if response and response.base_type in NUMBERS and response.correct is not None:
        return typed(asked, interaction)
    note = " ".join(asked.content.notes)
    example = str(all_of(response.correct)[0]) if response and response.correct is not None else ""
    values: Specification = {"kind": "long_text", "rubric": rubric_of_note(note), "example": example}
    for name, field in (("data-least-words", "least_words"), ("data-most-words", "most_words")):
        number = number_of(interaction.get(name))
        if isinstance(number, int):
            values[field] = number
    return values


def upload(asked: Asked, interaction: Node) -> Specification:
    """Files, graded by a person."""
    values: Specification = {"kind": "file_upload", "rubric": rubric_of_note(" ".join(asked.content.notes))}
    kinds = re.split(r"[\s,]+", interaction.get("type").strip())
    endings: list[str] = []
    for kind in filter(None, kinds):
        last = kind.rpartition("/")[2].rpartition(".")[2].rpartition("-")[2].lower()
        endings += ENDINGS_OF.get(last, (last,))
        if kind.startswith("image/") and last == "*":
            endings += ["png", "jpg", "jpeg", "webp"]
    known = [one for one in dict.fromkeys(endings) if one in KNOWN_ENDINGS]
    own = interaction.get("data-endings").split()
    values |= {"endings": own or known} if own or known else {}
    for name, field in (("data-most-files", "most_files"), ("data-most-megabytes", "most_megabytes")):
        number = number_of(interaction.get(name))
        if isinstance(number, int):
            values[field] = number
    return values


def drawing(asked: Asked, interaction: Node) -> Specification:
    """A drawing on a picture, handed in as a file."""
    asked.remarks.append("The drawing is handed in as a picture now.")
    rubric = rubric_of_note(" ".join(asked.content.notes))
    return {"kind": "file_upload", "rubric": rubric, "endings": ["png", "jpg", "jpeg"]}


def with_own_rubric(asked: Asked, specification: Specification) -> Specification:
    """A question for a person to grade with the rubric that we wrote for graders, if we did."""
    for block in asked.body.below("rubricBlock"):
        text = block.get("data-rubric")
        read = rubric_of_text(text) if text else None
        if read:
            rubric, example = read
            return specification | {"rubric": rubric} | ({"example": example} if example else {})
    return specification


def refuse(interaction: Node, message: str, cure: str) -> UnreadableError:
    """An interaction that has no kind here."""
    return UnreadableError(interaction.line, message, cure)
