"""Moodle XML as Moodle and people write it."""

import base64
from textwrap import dedent

from tests.training.rules.exchange.samples import png
from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.moodle.writer import write_moodle
from training.rules.exchange.reading import read
from training.rules.exchange.results import Format

PICTURE = base64.b64encode(png()).decode()


def quiz(*questions: str):
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    exchange = read(f"{head}{''.join(map(dedent, questions))}\n</quiz>".encode(), "bank.xml")
    assert exchange.format is Format.MOODLE_XML
    return exchange


def one(kind: str, inside: str, text: str = "<p>Which <b>one</b>?</p>") -> QuestionText:
    exchange = quiz(question(kind, inside, text))
    assert exchange.left_out == ()
    return exchange.questions[0]


def question(kind: str, inside: str, text: str = "<p>Which <b>one</b>?</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>A name</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def answer(text: str, fraction: float, feedback: str = "") -> str:
    said = f'<feedback format="html"><text>{feedback}</text></feedback>'
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{said}</answer>'


def test_a_choice_has_marks_feedback_weight_and_an_order() -> None:
    read_one = one(
        "multichoice",
        "<defaultgrade>2.5000000</defaultgrade><single>true</single><shuffleanswers>0</shuffleanswers>"
        '<generalfeedback format="html"><text>&lt;p&gt;Because.&lt;/p&gt;</text></generalfeedback>'
        "<correctfeedback><text>Your answer is correct.</text></correctfeedback>"
        "<incorrectfeedback><text>Look at lesson 2.</text></incorrectfeedback>"
        + answer("&lt;p&gt;Desk&lt;/p&gt;", 100, "Yes.")
        + answer("Me", 33.33333)
        + answer("You", -50),
    )
    assert read_one.prompt == "Which **one**?"
    assert read_one.weight == 2.5
    assert read_one.explanation == "Because.\n\nIf wrong: Look at lesson 2."
    assert read_one.specification == {
        "kind": "single_choice",
        "shuffle": False,
        "choices": [
            {"text": "Desk", "right": True, "feedback": "Yes."},
            {"text": "Me", "mark": 1 / 3},
            {"text": "You"},
        ],
    }


def test_several_answers_keep_their_marks() -> None:
    read_one = one(
        "multichoice", "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", -100) + answer("d", 0)
    )
    assert read_one.specification["marking"] == "weighted"
    assert [choice.get("mark") for choice in read_one.specification["choices"]] == [0.5, 0.5, -1, None]
    whole = one("multichoiceset", answer("a", 100) + answer("b", 100) + answer("c", 0))
    assert whole.specification["marking"] == "all_or_nothing"


def test_words_mind_capitals_only_if_they_shall() -> None:
    assert one("shortanswer", "<usecase>1</usecase>" + answer("Desk*", 100)).specification == {
        "kind": "short_text",
        "accept": ["Desk*"],
        "case_sensitive": True,
    }
    other = one("shortanswer", "<usecase>0</usecase>" + answer("desk", 100) + answer("*", 0, "Look again."))
    assert other.specification == {"kind": "short_text", "accept": ["desk"]}
    assert other.explanation == "Look again."


def test_numbers_have_tolerances_and_units() -> None:
    inside = (
        '<answer fraction="100"><text>2.5</text><tolerance>0.1</tolerance></answer><units>'
        "<unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    )
    assert one("numerical", inside).specification == {
        "kind": "numeric",
        "right": 2.5,
        "tolerance": 0.1,
        "unit": "m",
        "other_units": {"cm": 0.01},
    }


def test_pairs_and_categories_and_orders() -> None:
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    pairs = pair.format("fault", "Service") + pair.format("wish", "Product") + pair.format("", "Nobody")
    assert one("matching", pairs).specification["extra"] == ["Nobody"]
    tagged = one("matching", pairs + "<tags><tag><text>categorise</text></tag><tag><text>Why</text></tag></tags>")
    assert tagged.about is About.WHY
    assert tagged.specification["categories"] == ["Service", "Product", "Nobody"]
    items = "<answer><text>one</text></answer><answer><text>two</text></answer><answer><text>six</text></answer>"
    assert one("ordering", items + "<gradingtype>ALL_OR_NOTHING</gradingtype>").specification == {
        "kind": "ordering",
        "items": ["one", "two", "six"],
        "marking": "all_or_nothing",
    }


def test_statements_with_the_same_answers_are_categories() -> None:
    row = '<row number="{}"><rowtext><text>{}</text></rowtext></row>'
    column = '<column number="{}"><responsetext><text>{}</text></responsetext></column>'
    weight = '<weight rownumber="{}" columnnumber="{}"><value>{}</value></weight>'
    inside = (
        f"<rows>{row.format(1, 'Earned')}{row.format(2, 'Bought')}</rows>"
        f"<columns>{column.format(1, 'True')}{column.format(2, 'False')}</columns>"
        f"<weights>{weight.format(1, 1, '1.000')}{weight.format(1, 2, '0.000')}{weight.format(2, 2, '1.000')}</weights>"
    )
    for written in (inside, inside.replace("rowtext", "optiontext")):
        assert one("kprime", written).specification["items"] == [
            {"text": "Earned", "category": "True"},
            {"text": "Bought", "category": "False"},
        ]


def test_an_essay_is_a_long_text_and_without_text_a_file() -> None:
    note = "<graderinfo><text>Names the model.</text></graderinfo>"
    text = one("essay", f"<responseformat>editor</responseformat><minwordlimit>20</minwordlimit>{note}")
    assert text.specification["least_words"] == 20
    assert "Names the model." in text.specification["rubric"][0]["levels"][0]["text"]
    file = one(
        "essay",
        "<responseformat>noinline</responseformat><attachments>2</attachments><filetypeslist>image,.pdf</filetypeslist>",
    )
    assert file.kind == "file_upload"
    assert file.specification["endings"] == ["png", "jpg", "jpeg", "webp", "pdf"]


def test_gaps_to_type_and_gaps_to_choose() -> None:
    typed = one(
        "cloze",
        "",
        "<p>Read this.</p><p>A remark is a {1:SHORTANSWER:=case#Yes~%50%thing}<br>for the {1:SAC:=Desk\\}}.</p>",
    )
    assert typed.prompt == "Read this."
    assert typed.specification == {
        "kind": "blanks",
        "text": "A remark is a [[1]]\nfor the [[2]].",
        "gaps": [
            {"accept": [{"text": "case", "feedback": "Yes"}, {"text": "thing", "mark": 0.5}]},
            {"accept": ["Desk}"], "case_sensitive": True},
        ],
    }
    chosen = one("cloze", "", "Reach is {1:MULTICHOICE:bought~=earned#Yes~%25%lent}.")
    assert chosen.kind == "choose_in_text"
    assert [choice.get("right", False) for choice in chosen.specification["gaps"][0]["choices"]] == [False, True, False]
    assert one("cloze", "", "Pi is {1:NM:=3.14:0.01}.").specification == {
        "kind": "numeric",
        "right": 3.14,
        "tolerance": 0.01,
    }


def test_gaps_of_both_kinds_offer_their_words_behind_the_gap() -> None:
    mixed = one("cloze", "", "A {1:SA:=case} for {1:MC:=us~them}, {1:NM:=1.5}.")
    assert mixed.specification["text"] == "A [[1]] for [[2]] (us / them), [[3]]."
    assert mixed.specification["gaps"][2]["accept"] == ["1.5", "1,5"]


def test_missing_words_offer_the_words_of_their_group() -> None:
    option = "<{0}><text>{1}</text><group>{2}</group></{0}>"
    for kind, name in (("gapselect", "selectoption"), ("ddwtos", "dragbox")):
        options = "".join(option.format(name, *pair) for pair in (("cat", 1), ("dog", 1), ("mat", 2), ("hat", 2)))
        gaps = one(kind, options, "<p>The [[2]] sat on the [[3]].</p>").specification["gaps"]
        assert gaps[0]["choices"] == [{"text": "cat"}, {"text": "dog", "right": True}]
        assert gaps[1]["choices"] == [{"text": "mat", "right": True}, {"text": "hat"}]


def test_pictures_come_along_and_those_in_choices_are_shown_with_the_question() -> None:
    file = f'<file name="my drum.png" path="/" encoding="base64">{PICTURE}</file>'
    text = '<p>See <img src="@@PLUGINFILE@@/my%20drum.png" alt="A drum"></p>'
    image = f'&lt;img src="data:image/png;base64,{PICTURE}" alt="Red"&gt;'
    exchange = quiz(
        question("multichoice", answer(image, 100) + answer("Blue", 0), text).replace(
            "</questiontext>", f"{file}</questiontext>"
        )
    )
    assert exchange.problems == ()
    (read_one,) = exchange.questions
    assert read_one.prompt.startswith("See ![A drum](pictures/my-drum.png)")
    assert "Red: ![Red](pictures/picture.png)" in read_one.prompt
    assert read_one.specification["choices"][0]["text"] == "Red"
    assert exchange.files == {"pictures/my-drum.png": png(), "pictures/picture.png": png()}


def test_a_picture_that_is_none_or_not_there_becomes_its_words_with_a_remark() -> None:
    text = '<img src="@@PLUGINFILE@@/gone.png" alt="A drum"><img src="https://other.example/x.png" alt="A door"> What?'
    exchange = quiz(question("essay", "", text))
    assert exchange.questions[0].prompt == "A drumA door What?"
    assert exchange.files == {}
    assert len(exchange.remarks) == 2
    assert "lies on another site" in exchange.remarks[1].message


def test_categories_are_topics() -> None:
    path = '<question type="category"><category><text>$course$/top/Talk/Tone</text></category></question>'
    exchange = quiz(path, question("truefalse", answer("true", 100) + answer("false", 0)))
    assert exchange.questions[0].topic == "Tone"


def test_what_has_no_kind_here_is_listed_with_the_reason() -> None:
    kinds = ("description", "calculated", "ddmarker", "riddle")
    exchange = quiz(*(question(kind, "") + "\n" for kind in kinds), question("multichoice", answer("a", 0)))
    assert exchange.questions == ()
    assert [problem.line for problem in exchange.left_out] == [3, 4, 5, 6, 7]
    assert "riddle" in exchange.left_out[3].message


def test_a_broken_question_costs_that_one() -> None:
    good = question("essay", "")
    exchange = quiz(good, "\n<question type='essay'><name><text>a < b</name></question>\n", good)
    assert len(exchange.questions) == 2
    assert [problem.line for problem in exchange.left_out] == [4]


def test_entities_are_refused_and_names_of_html_are_read() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'
    outside = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question>&x;</question></quiz>'
    for text in (bomb, outside):
        exchange = read(text.encode())
        assert exchange.questions == ()
        assert "entities" in exchange.problems[0].message
    plain = one("essay", "<generalfeedback format='plain_text'><text>caf&eacute;&nbsp;x</text></generalfeedback>")
    assert plain.explanation == "café x"


def test_depth_is_limited() -> None:
    exchange = read(("<quiz>" + "<a>" * 200 + "</a>" * 200 + "</quiz>").encode())
    assert "too deep" in exchange.problems[0].message


def test_pictures_survive_a_round_trip() -> None:
    text = "![A drum](pictures/drum.png)"
    given = QuestionText("drum", About.WHY, text, {"kind": "true_false", "right": True}, explanation=f"So: {text}")
    written = write_moodle([given], {"pictures/drum.png": png()})
    back = read(written.data)
    assert back.questions == (given,)
    assert back.files == {"pictures/drum.png": png()}
    assert write_moodle([given]).problems[0].question == "drum"
