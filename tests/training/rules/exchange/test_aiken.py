"""Aiken as people write it."""

from training.rules.exchange.reading import read
from training.rules.exchange.results import Format

TWO = """What comes first?
A. An answer
B. A question
ANSWER: B

What helps?
A) To listen
B) To wait
C) To ask
ANSWER: A, C
FEEDBACK: Both take
"""


def test_choices_and_letters_make_questions() -> None:
    exchange = read(TWO.encode("utf-8-sig"), "quiz.txt")
    assert exchange.format is Format.AIKEN
    assert exchange.problems == ()
    first, second = exchange.questions
    assert first.specification == {
        "kind": "single_choice",
        "choices": [{"text": "An answer"}, {"text": "A question", "right": True}],
    }
    assert second.kind == "multiple_choice"
    assert [choice.get("right", False) for choice in second.specification["choices"]] == [True, False, True]
    assert second.explanation == "Both take"


def test_lines_that_go_on_belong_to_what_stands_above_them() -> None:
    exchange = read(b"What is\r\nthis?\r\nA. One\r\nthing\r\nB. Two\r\nANSWER: A\r\n")
    (question,) = exchange.questions
    assert question.prompt == "What is\\\nthis?"
    assert question.specification["choices"][0]["text"] == "One thing"


def test_what_is_wrong_costs_one_question_and_says_where() -> None:
    text = (
        "ANSWER: A\n\nLonely?\nA. One\nANSWER: A\n\nWrong letter?\nA. x\nB. y\nANSWER: D\n\n"
        "Never answered?\nA. x\nB. y\n"
    )
    exchange = read(f"Good?\nA. x\nB. y\nANSWER: A\n\n{text}".encode())
    assert len(exchange.questions) == 1
    assert [problem.line for problem in exchange.problems] == [6, 8, 12, 17]
    assert "none of the choices A to B" in exchange.problems[2].message
