"""Read Aiken: a question, its choices after "A." or "A)", then "ANSWER: A". Several letters make several right ones."""

import re
from collections.abc import Sequence

from training.rules.exchange.decoding import one_line
from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.marked_choices import MarkedChoice, one_of, several_of
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.texts.escaping import markdown_of_plain

CHOICE = re.compile(r"\s*([A-Za-z])[.)]\s+(\S.*)")
EMPTY_CHOICE = re.compile(r"\s*([A-Za-z])[.)]\s*")
ANSWER = re.compile(r"\s*ANSWERS?\s*:\s*([A-Za-z](?:\s*(?:,|;|and|&)?\s*[A-Za-z])*)\s*\.?\s*", re.IGNORECASE)
FEEDBACK = re.compile(r"\s*(?:FEEDBACK|EXPLANATION)\s*:\s*(.*)", re.IGNORECASE)


class _Question:
    """The lines of a question as far as they were read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.text: list[str] = []
        self.letters: list[str] = []
        self.choices: list[str] = []

    def take(self, line: str) -> None:
        """A line of the question, or of its choices."""
        found = CHOICE.fullmatch(line)
        expected = chr(ord("A") + len(self.choices))
        if found and self.text and found[1].upper() == expected:
            self.letters.append(found[1].upper())
            self.choices.append(found[2])
        elif self.choices:
            self.choices[-1] += f" {line}"
        else:
            self.text.append(line.strip())

    def draft(self, answer: str, explanation: str) -> tuple[Draft, Sequence[str]]:
        """The finished question. Raises UnreadableError if it is none."""
        right = [letter for letter in answer.upper() if letter.isalpha()]
        if len(self.choices) < 2:
            cure = "Write each choice on a line of its own, after “A.”, “B.” and so on."
            raise UnreadableError(self.line, "The question has fewer than two choices.", cure)
        unknown = [letter for letter in right if letter not in self.letters]
        if unknown:
            message = f"The answer {unknown[0]} is none of the choices {self.letters[0]} to {self.letters[-1]}."
            raise UnreadableError(self.line, message, "Mend the line that begins with ANSWER.")
        share = 1 / len(set(right))
        choices = [
            MarkedChoice(one_line(text), share if letter in right else 0.0)
            for letter, text in zip(self.letters, self.choices, strict=True)
        ]
        marked = one_of(choices) if len(set(right)) == 1 else several_of(_as_partial(choices))
        prompt = "\n".join(self.text)
        return Draft(
            self.line, prompt, markdown_of_plain(prompt), marked.specification, explanation=explanation
        ), marked.remarks


def _as_partial(choices: list[MarkedChoice]) -> list[MarkedChoice]:
    """Aiken says nothing of marks for several right choices: guessing shall not win."""
    wrong = sum(choice.mark <= 0 for choice in choices)
    return [choice if choice.mark > 0 else MarkedChoice(choice.text, -1 / wrong) for choice in choices]


def read_aiken(text: str, gathering: Gathering) -> Exchange:
    """The questions of an Aiken file. What is wrong with one costs that one."""
    question: _Question | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        found = ANSWER.fullmatch(line)
        if found and question:
            _finish(question, found[1], _said_after(lines, number), gathering)
            question = None
        elif found:
            gathering.leave_out(number, "An answer without a question.", "Write the question above it.")
        elif FEEDBACK.fullmatch(line) and question is None:
            continue
        elif line.strip() and not EMPTY_CHOICE.fullmatch(line):
            question = question or _Question(number)
            question.take(line)
    if question:
        cure = "End it with a line such as “ANSWER: A”."
        gathering.leave_out(question.line, "The question has no answer.", cure, " ".join(question.text))
    return gathering.done(Format.AIKEN)


def _said_after(lines: list[str], place: int) -> str:
    """What a line of feedback right after the answer says, as Markdown."""
    found = FEEDBACK.fullmatch(lines[place]) if place < len(lines) else None
    return markdown_of_plain(found[1]) if found else ""


def _finish(question: _Question, answer: str, explanation: str, gathering: Gathering) -> None:
    title = " ".join(question.text)
    try:
        draft, remarks = question.draft(answer, explanation)
    except UnreadableError as error:
        gathering.leave_out(error.line, error.message, error.cure, title)
        return
    if gathering.add(draft):
        for remark in remarks:
            gathering.remark(question.line, remark, "Check the question.", title)
