"""GIFT as people write it."""

from training.rules.course_files.course_text import About
from training.rules.exchange.reading import read
from training.rules.exchange.results import Format


def read_text(text: str):
    exchange = read(text.encode(), "questions.txt")
    assert exchange.format is Format.GIFT
    return exchange


def one(text: str):
    exchange = read_text(text)
    assert [problem for problem in exchange.problems if problem.left_out] == []
    (question,) = exchange.questions
    return question


def test_a_single_choice_has_parts_feedback_and_a_name() -> None:
    question = one(
        "// asked in the second week\n::Who solves it::A drum squeaks. Who can solve it? {\n"
        "  =The service desk # Yes.\n  ~Marketing#No: they sell.\n  ~%25%Anybody\n####Whoever has the tools.}"
    )
    assert question.slug == "who-solves-it"
    assert question.prompt == "A drum squeaks. Who can solve it?"
    assert question.explanation == "Whoever has the tools."
    assert question.specification == {
        "kind": "single_choice",
        "choices": [
            {"text": "The service desk", "right": True, "feedback": "Yes."},
            {"text": "Marketing", "feedback": "No: they sell."},
            {"text": "Anybody", "mark": 0.25},
        ],
    }


def test_weights_without_a_right_choice_make_a_multiple_choice() -> None:
    question = one("Which two?{~%50%Ask ~%50%Listen ~%-50%Sell ~Wait}")
    assert question.specification["marking"] == "weighted"
    assert [choice.get("mark") for choice in question.specification["choices"]] == [0.5, 0.5, -0.5, None]


def test_marks_that_guessing_cannot_win_are_our_usual_ones() -> None:
    question = one("Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}")
    assert "marking" not in question.specification
    assert [choice.get("right", False) for choice in question.specification["choices"]] == [True, True, True, False]


def test_the_first_feedback_on_true_or_false_is_for_whoever_is_wrong() -> None:
    for word, right in (("T", True), ("TRUE", True), ("F", False), ("FALSE", False), ("true", True)):
        question = one(f"A copy is no original.{{{word}#Think again.#So it is.}}")
        said = {"feedback_true": "So it is.", "feedback_false": "Think again."}
        swapped = {"feedback_true": "Think again.", "feedback_false": "So it is."}
        assert question.specification == {"kind": "true_false", "right": right, **(said if right else swapped)}


def test_numbers_have_tolerances_and_ranges() -> None:
    assert one("How many?{#12}").specification == {"kind": "numeric", "right": 12}
    assert one("How far?{#1.5:0.25}").specification == {"kind": "numeric", "right": 1.5, "tolerance": 0.25}
    assert one("Between?{#3.141..3.142}").specification == {"kind": "numeric", "right": 3.1415, "tolerance": 0.0005}
    assert one("Cold?{#-4:-1}").specification == {"kind": "numeric", "right": -4, "tolerance": 1}


def test_several_numbers_keep_the_one_that_is_worth_everything() -> None:
    exchange = read_text("In which year?{#\n =1986:0#Right.\n =%50%1986:2#Near.\n}")
    (question,) = exchange.questions
    assert question.specification == {"kind": "numeric", "right": 1986}
    assert question.explanation == "Right.\n\nNear."
    assert all(not problem.left_out for problem in exchange.problems)
    assert len(exchange.problems) == 2


def test_several_right_numbers_are_words_and_with_tolerances_they_are_refused() -> None:
    assert one("A root of 4?{#=2 =-2}").specification == {"kind": "short_text", "accept": ["2", "-2"]}
    exchange = read_text("A root?{#=2:0.1 =-2:0.1}")
    assert exchange.questions == ()
    assert "several right numbers" in exchange.problems[0].message


def test_short_answers_are_patterns_and_what_is_said_to_all_others_is_explained() -> None:
    question = one("Who helps?{=*desk =%50%somebody#Who?\n=%0%*#Ask the service desk.}")
    assert question.specification["accept"] == ["*desk", {"text": "somebody", "mark": 0.5, "feedback": "Who?"}]
    assert question.explanation == "Ask the service desk."


def test_pairs_may_have_a_right_side_too_many() -> None:
    question = one("Match.{=A fault -> Service =A wish -> Product = -> Nobody}")
    assert question.specification == {
        "kind": "matching",
        "pairs": [{"left": "A fault", "right": "Service"}, {"left": "A wish", "right": "Product"}],
        "extra": ["Nobody"],
    }


def test_answers_in_the_middle_leave_a_gap() -> None:
    assert one("A remark is a {=case ~wish} for the desk.").prompt == r"A remark is a \_\_\_\_\_ for the desk."
    assert one("Two and two are {=four =4}.").prompt == r"Two and two are \_\_\_\_\_."


def test_no_answers_ask_for_a_long_text() -> None:
    question = one("What do you write back? {}")
    assert question.kind == "long_text"
    assert question.specification["rubric"]


def test_escaped_signs_mean_themselves() -> None:
    question = one(r"::a\:\:b::What is 2 \* 2 \= \{4\}?\nReally\~ {=yes \# \=1 ~no \\ \}}")
    assert question.slug == "a-b"
    assert question.prompt == "What is 2 \\\\\\* 2 = {4}?\\\nReally~"
    assert [choice["text"] for choice in question.specification["choices"]] == ["yes # =1", "no \\ }"]


def test_each_text_may_say_how_it_is_written() -> None:
    question = one("[html]<p>Is it <b>so</b>?</p>{=[markdown]**yes** &amp; ~<i>no</i> ~[plain]<i>maybe</i>}")
    assert question.prompt == "Is it **so**?"
    assert [choice["text"] for choice in question.specification["choices"]] == ["yes &", "no", "<i>maybe</i>"]
    assert one("[markdown]# Head\\n\\n* a\\n* b{T}").prompt == "# Head\n\n* a\n* b"


def test_categories_are_topics_and_tags_say_why_or_how() -> None:
    exchange = read_text(
        "$CATEGORY: $course$/top/Service/Returns and//or swaps\n\n// [id:ret-1] [tag:why]\nIs it so?{T}\n\n"
        "$CATEGORY: $course$/top/Default for Talk\n\nIs it so too?{F}\n"
    )
    assert [(question.slug, question.topic) for question in exchange.questions] == [
        ("ret-1", "Returns and/or swaps"),
        ("is-it-so-too", ""),
    ]
    assert [question.about for question in exchange.questions] == [About.WHY, About.HOW]
    assert read(b"Is it so?{T}", about=About.WHY).questions[0].about is About.WHY


def test_an_empty_line_between_braces_does_not_end_a_question() -> None:
    exchange = read_text("First?{\n=a\n\n~b\n}\n\nSecond?{T}")
    assert [question.kind for question in exchange.questions] == ["single_choice", "true_false"]


def test_what_is_wrong_costs_one_question_and_says_where() -> None:
    exchange = read_text(
        "Good?{T}\n\n::Open::Never closed {=a ~b\n\nJust a text.\n\n\n::Number::How many?{#few}\n\nGood too?{F}\n"
    )
    assert [question.slug for question in exchange.questions] == ["good", "good-too"]
    assert [(problem.line, problem.question) for problem in exchange.problems] == [(3, "Open"), (5, ""), (8, "Number")]
    assert "“few” is no number" in exchange.problems[2].message
    assert all(problem.cure for problem in exchange.problems)


def test_marks_of_byte_order_and_odd_encodings_are_read() -> None:
    text = "Größe?{=groß ~klein}"
    for data in (
        text.encode("utf-8-sig"),
        b"\xff\xfe" + text.encode("utf-16-le"),
        b"\xfe\xff" + text.encode("utf-16-be"),
        text.encode("utf-16-le"),
        text.encode("cp1252"),
    ):
        (question,) = read(data).questions
        assert question.prompt == "Größe?"
        assert question.slug == "grosse"


def test_hostile_html_is_words_or_nothing() -> None:
    question = one(
        "<script>alert(1)</script><p onclick\\='x'>Why?</p><a href\\='javascript\\:x'>here</a>"
        "{=<img src\\=x onerror\\=x alt\\='a'>b ~c}"
    )
    assert question.prompt == "Why?\n\nhere"
    assert question.specification["choices"][0]["text"] == "ab"
