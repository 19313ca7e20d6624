"""Gathers what one file gives: questions that can be asked go in, everything else is listed with its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.rules.course_files.course_text import About, QuestionText
from training.rules.course_files.front_matter import tidy_body
from training.rules.exchange.decoding import one_line, tidy
from training.rules.exchange.naming import Names
from training.rules.exchange.pictures import Pictures
from training.rules.exchange.plain_form import plain_form
from training.rules.exchange.results import MOST_PROBLEMS, MOST_QUESTIONS, Exchange, Format, Problem, UnreadableError
from training.rules.exchange.topics import LONGEST_POOL
from training.rules.kinds import catalogue
from training.rules.kinds.protocol import field_in_words

LONGEST_PROMPT = 50_000
LONGEST_EXPLANATION = 5_000
LONGEST_TOPIC = 80
LIGHTEST, HEAVIEST = 0.01, 100.0


@dataclass
class Draft:
    """A question as it was understood. Prompt and explanation are Markdown; `about` is None where nothing says it."""

    line: int
    title: str
    prompt: str
    specification: dict[str, Any]
    about: About | None = None
    topic: str = ""
    weight: float = 1.0
    explanation: str = ""
    pool: str = ""
    file: str = ""


class Gathering:
    """The questions, problems and pictures of one file. `about` is what a question is that does not say it."""

    def __init__(self, about: About = About.HOW) -> None:
        self.about = about
        self.pictures = Pictures()
        self._names = Names()
        self._questions: list[QuestionText] = []
        self._problems: list[Problem] = []

    def add(self, draft: Draft) -> bool:
        """Take a question, or list why not. Answers whether it was taken."""
        title = one_line(draft.title)
        problem = _first_problem(draft)
        if problem is None and len(self._questions) >= MOST_QUESTIONS:
            problem = (f"There are more than {MOST_QUESTIONS:,} questions.", "Cut the file into smaller ones.")
        if problem:
            self.leave_out(draft.line, *problem, question=title, file=draft.file)
            return False
        explanation = tidy_body(tidy(draft.explanation))
        if len(explanation) > LONGEST_EXPLANATION:
            message = f"The explanation has {len(explanation):,} characters and was cut."
            self.remark(draft.line, message, f"Keep it under {LONGEST_EXPLANATION:,}.", title, draft.file)
            explanation = explanation[: LONGEST_EXPLANATION - 1].rstrip("\\") + "…"
        self._questions.append(
            QuestionText(
                slug=self._names.take(title, f"question-{len(self._questions) + 1}"),
                about=draft.about or self.about,
                prompt=tidy_body(tidy(draft.prompt)),
                specification=plain_form(draft.specification),
                topic=one_line(draft.topic)[:LONGEST_TOPIC].strip(),
                weight=min(max(draft.weight, LIGHTEST), HEAVIEST),
                explanation=explanation,
                pool=one_line(draft.pool)[:LONGEST_POOL].strip(),
            )
        )
        return True

    def leave_out(self, line: int, message: str, cure: str, question: str = "", file: str = "") -> None:
        """List a question that is missing."""
        self._note(Problem(line, message, cure, True, one_line(question)[:80], file))

    def remark(self, line: int, message: str, cure: str, question: str = "", file: str = "") -> None:
        """List a detail that is missing."""
        self._note(Problem(line, message, cure, False, one_line(question)[:80], file))

    def stop(self, error: UnreadableError, file: str = "") -> None:
        """List that the file, or one in a package, cannot be read on from here."""
        self.leave_out(error.line, error.message, error.cure, file=file)

    def done(self, form: Format | None) -> Exchange:
        """All of it. Pictures that no question shows are left out."""
        shown = "\n".join(
            f"{one.prompt}\n{one.explanation}\n({one.specification.get('picture')})" for one in self._questions
        )
        used = {name: data for name, data in self.pictures.files.items() if f"({name})" in shown}
        return Exchange(tuple(self._questions), tuple(dict.fromkeys(self._problems)), used, form)

    def _note(self, problem: Problem) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)


def _first_problem(draft: Draft) -> tuple[str, str] | None:
    """What stands in the way of asking a question, as a message and a cure."""
    if not draft.prompt.strip():
        return "The question has no text.", "Write what is asked."
    if len(draft.prompt) > LONGEST_PROMPT:
        return f"The text has {len(draft.prompt):,} characters.", f"Keep it under {LONGEST_PROMPT:,}."
    return in_words(catalogue.validate(draft.specification))


def in_words(found: Sequence[Any]) -> tuple[str, str] | None:
    """The first of the problems of a specification."""
    if not found:
        return None
    problem = found[0]
    return f"{field_in_words(problem.field).capitalize()}: {problem.message}", problem.cure
