"""Items of QTI: what each interaction becomes, and that marks and feedback come from an item's own rules."""

import re

import pytest

from tests.training.rules.exchange.samples import archive, png
from training.rules.exchange.reading import read
from training.rules.exchange.results import Exchange, Format

V2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
ABC = "".join(
    f'<simpleChoice identifier="{name}">{text}</simpleChoice>'
    for name, text in zip("abc", ["Ask", "Sell", "Wait"], strict=True)
)


def response(inside: str = "", cardinality: str = "single", base: str = "identifier", name: str = "RESPONSE") -> str:
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" '
        f'baseType="{base}">{inside}</responseDeclaration>'
    )


def correct(*values: str) -> str:
    return f"<correctResponse>{''.join(f'<value>{value}</value>' for value in values)}</correctResponse>"


def mapping(entries: dict[str, float], attributes: str = 'defaultValue="0"', more: str = "") -> str:
    inside = "".join(f'<mapEntry mapKey="{key}" mappedValue="{mark}" {more}/>' for key, mark in entries.items())
    return f"<mapping {attributes}>{inside}</mapping>"


def set_score(expression: str) -> str:
    return f'<setOutcomeValue identifier="SCORE">{expression}</setOutcomeValue>'


def base(value: str, kind: str = "float") -> str:
    return f'<baseValue baseType="{kind}">{value}</baseValue>'


VARIABLE = '<variable identifier="RESPONSE"/>'
CORRECT = '<correct identifier="RESPONSE"/>'


def item(*parts: str, body: str, rules: str = MATCH, more: str = "", attributes: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>'
        f'<assessmentItem xmlns="{V2}" identifier="i" title="An item" timeDependent="false" {attributes}>'
        f"{''.join(parts)}{SCORE}<itemBody>{body}</itemBody>{rules}{more}</assessmentItem>"
    ).encode()


def choice(body: str = ABC, attributes: str = 'maxChoices="1"') -> str:
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" {attributes}><prompt>What first?</prompt>'
        f"{body}</choiceInteraction>"
    )


def one(data: bytes) -> tuple:
    exchange = read(data)
    assert exchange.format is Format.QTI
    assert exchange.left_out == ()
    (question,) = exchange.questions
    return question, question.specification


def left_out(data: bytes) -> str:
    exchange = read(data)
    assert exchange.questions == ()
    return exchange.left_out[0].message


def as_version_3(data: bytes) -> bytes:
    """The same item in the names of QTI 3."""
    html = {"p", "div", "br", "img", "b", "table", "tr", "td", "object"}

    def kebab(name: str) -> str:
        return re.sub(r"[A-Z]", lambda found: "-" + found[0].lower(), name)

    def tag(found: re.Match[str]) -> str:
        name = found[2] if found[2] in html else f"qti-{kebab(found[2])}"
        inside = found[3] if found[2] in html else re.sub(r"(\w+)=", lambda name: f"{kebab(name[1])}=", found[3])
        return f"<{found[1]}{name}{inside}>"

    text = re.sub(r"<(/?)(\w+)([^<>?]*)>", tag, data.decode())
    return text.replace(V2, "http://www.imsglobal.org/xsd/imsqtiasi_v3p0").encode()


def test_a_choice_is_read_in_every_version() -> None:
    data = item(response(correct("a")), body=f"<p>A customer writes.</p>{choice()}")
    question, specification = one(data)
    assert question.prompt == "A customer writes.\n\nWhat first?"
    assert specification["choices"] == [{"text": "Ask", "right": True}, {"text": "Sell"}, {"text": "Wait"}]
    assert one(as_version_3(data)) == (question, specification)
    assert one(data.replace(b"imsqti_v2p1", b"imsqti_v2p2")) == (question, specification)


def test_a_mapping_gives_marks_and_a_weight() -> None:
    question, specification = one(item(response(correct("a") + mapping({"a": 2, "c": 1})), body=choice(), rules=MAP))
    assert question.weight == 2
    assert specification["choices"][2] == {"text": "Wait", "mark": 0.5}


def test_several_choices_are_marked_as_the_mapping_marks_them() -> None:
    marks = mapping({"a": 1, "c": 1, "b": -1}, 'lowerBound="0" upperBound="2" defaultValue="-2"')
    several = response(correct("a", "c") + marks, "multiple")
    _, specification = one(item(several, body=choice(attributes='maxChoices="0"'), rules=MAP))
    assert specification["marking"] == "weighted"
    assert [one.get("mark") for one in specification["choices"]] == [0.5, -0.5, 0.5]
    _, whole = one(item(several, body=choice(attributes='maxChoices="0"')))
    assert whole["marking"] == "all_or_nothing"


def test_a_limit_on_choices_becomes_marks_that_guessing_cannot_win() -> None:
    several = response(correct("a", "c") + mapping({"a": 1, "c": 1}), "multiple")
    exchange = read(item(several, body=choice(attributes='maxChoices="2"'), rules=MAP))
    assert "marking" not in exchange.questions[0].specification
    assert "At most 2" in exchange.remarks[0].message


def test_rules_written_by_hand_are_carried_out() -> None:
    rules = (
        "<responseProcessing><responseCondition>"
        f"<responseIf><match>{VARIABLE}{base('b', 'identifier')}</match>{set_score(base('4'))}</responseIf>"
        f"<responseElseIf><match>{VARIABLE}{base('c', 'identifier')}</match>"
        f"{set_score('<sum>' + base('1') + base('1') + '</sum>')}</responseElseIf>"
        f"<responseElse>{set_score(base('0'))}</responseElse></responseCondition></responseProcessing>"
    )
    question, specification = one(item(response(), body=choice(), rules=rules))
    assert question.weight == 4
    assert specification["choices"] == [{"text": "Ask"}, {"text": "Sell", "right": True}, {"text": "Wait", "mark": 0.5}]


def test_rules_that_are_not_known_leave_what_is_declared() -> None:
    rules = f"<responseProcessing>{set_score('<customOperator/>')}</responseProcessing>"
    exchange = read(item(response(correct("b")), body=choice(), rules=rules))
    assert exchange.questions[0].specification["choices"][1]["right"]
    assert "customOperator" in exchange.remarks[0].message


def test_feedback_goes_to_the_choice_that_shows_it() -> None:
    said = '<feedbackInline outcomeIdentifier="FEEDBACK" identifier="b" showHide="show">Not yet.</feedbackInline>'
    modal = '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{}" showHide="{}">{}</modalFeedback>'
    rules = (
        "<responseProcessing>"
        f'<setOutcomeValue identifier="FEEDBACK">{VARIABLE}</setOutcomeValue>'
        f"<responseCondition><responseIf>"
        f"<match>{VARIABLE}{CORRECT}</match>{set_score(base('1'))}</responseIf></responseCondition>"
        "</responseProcessing>"
    )
    outcome = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    data = item(
        response(correct("a")),
        outcome,
        body=choice(ABC.replace("Sell", f"Sell{said}")),
        rules=rules,
        more=modal.format("a", "show", "Yes.") + modal.format("zzz", "hide", "<p>To all.</p>"),
    )
    question, specification = one(data)
    assert [one.get("feedback") for one in specification["choices"]] == ["Yes.", "Not yet.", None]
    assert question.explanation == "To all."


def test_true_and_false_are_a_statement_and_no_key_is_an_opinion() -> None:
    two = '<simpleChoice identifier="a">True</simpleChoice><simpleChoice identifier="b">False</simpleChoice>'
    assert one(item(response(correct("b")), body=choice(two)))[1] == {"kind": "true_false", "right": False}
    exchange = read(item(response(), body=f"<p>Tell us.</p>{choice()}", rules=""))
    assert exchange.questions[0].specification == {
        "kind": "likert",
        "statements": ["What first?"],
        "scale": ["Ask", "Sell", "Wait"],
    }
    assert "opinion" in exchange.remarks[0].message


def test_order_match_and_associate() -> None:
    body = f'<orderInteraction responseIdentifier="RESPONSE">{ABC}</orderInteraction>'
    _, order = one(item(response(correct("c", "a", "b"), "ordered"), body=body))
    assert order == {"kind": "ordering", "items": ["Wait", "Ask", "Sell"], "marking": "all_or_nothing"}
    sets = (
        '<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>{0}</simpleMatchSet><simpleMatchSet>{1}'
        "</simpleMatchSet></matchInteraction>"
    )
    lefts = (
        '<simpleAssociableChoice identifier="l" matchMax="1">Fault</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="m" matchMax="1">Wish</simpleAssociableChoice>'
    )
    rights = (
        '<simpleAssociableChoice identifier="r" matchMax="{0}">Service</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="s" matchMax="{0}">Product</simpleAssociableChoice>'
    )
    pairs = response(correct("l r", "m s") + mapping({"l r": 1, "m s": 1}), "multiple", "directedPair")
    _, pairing = one(item(pairs, body=sets.format(lefts, rights.format(1)), rules=MAP))
    assert pairing["pairs"] == [{"left": "Fault", "right": "Service"}, {"left": "Wish", "right": "Product"}]
    _, sorting = one(item(pairs, body=sets.format(lefts, rights.format(4)), rules=MAP))
    assert sorting["kind"] == "categorise"
    associate = f'<associateInteraction responseIdentifier="RESPONSE">{lefts}{rights.format(1)}</associateInteraction>'
    _, pairs_of_one = one(item(response(correct("r l", "m s"), "multiple", "pair"), body=associate))
    assert [pair["left"] for pair in pairs_of_one["pairs"]] == ["Fault", "Wish"]


def test_gaps_are_typed_chosen_or_filled_from_a_list() -> None:
    entry = '<p>A remark is a <textEntryInteraction responseIdentifier="RESPONSE"/><br/>for us.</p>'
    words = response(mapping({"case": 1, "thing": 0.5}, more='caseSensitive="false"'), base="string")
    question, typed = one(item(words, body=f"<div><p>Fill in.</p>{entry}</div>", rules=MAP))
    assert question.prompt == "Fill in."
    assert typed["text"] == "A remark is a [[1]]\nfor us."
    assert typed["gaps"] == [{"accept": ["case", {"text": "thing", "mark": 0.5}]}]
    alone = '<p>What is it?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    _, short = one(item(response(correct("Case"), base="string"), body=alone))
    assert short == {"kind": "short_text", "accept": ["Case"], "case_sensitive": True}
    options = '<inlineChoice identifier="a">case</inlineChoice><inlineChoice identifier="b">wish</inlineChoice>'
    listed = (
        f'<p>It is a <inlineChoiceInteraction responseIdentifier="RESPONSE">{options}</inlineChoiceInteraction>.</p>'
    )
    _, chosen = one(item(response(correct("a")), body=listed))
    assert chosen["gaps"] == [{"choices": [{"text": "case", "right": True}, {"text": "wish"}]}]
    gap_match = (
        '<gapMatchInteraction responseIdentifier="RESPONSE"><gapText identifier="w" matchMax="1">winter</gapText>'
        '<gapText identifier="s" matchMax="1">summer</gapText>'
        '<p>Now is the <gap identifier="g"/>, then <gap identifier="h"/>.</p>'
        "</gapMatchInteraction>"
    )
    _, filled = one(item(response(correct("w g", "s h"), "multiple", "directedPair"), body=gap_match))
    assert filled["text"] == "Now is the [[1]], then [[2]]."
    assert filled["marking"] == "all_or_nothing"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            f"<equal toleranceMode='absolute' tolerance='0.5 0.5'>{CORRECT}{VARIABLE}</equal>",
            {"right": 4, "tolerance": 0.5},
        ),
        (
            f"<equal toleranceMode='relative' tolerance='10 10'>{CORRECT}{VARIABLE}</equal>",
            {"right": 4, "tolerance": 0.1, "tolerance_kind": "relative"},
        ),
        (f"<equal toleranceMode='exact'>{CORRECT}{VARIABLE}</equal>", {"right": 4}),
        (
            f"<and><gte>{VARIABLE}{base('3')}</gte><lte>{VARIABLE}{base('6')}</lte></and>",
            {"right": 4.5, "tolerance": 1.5},
        ),
        (f"<and><gt>{VARIABLE}{base('3')}</gt><lt>{VARIABLE}{base('5')}</lt></and>", {"right": 4, "tolerance": 1}),
    ],
)
def test_numbers_have_the_range_that_the_rules_have(condition, expected) -> None:
    body = '<p>How many? <textEntryInteraction responseIdentifier="RESPONSE"/> in all.</p>'
    rules = (
        f"<responseProcessing><responseCondition><responseIf>{condition}{set_score(base('1'))}</responseIf>"
        f"</responseCondition></responseProcessing>"
    )
    question, specification = one(item(response(correct("4"), base="float"), body=body, rules=rules))
    assert question.prompt == r"How many? \_\_\_\_\_ in all."
    assert specification == pytest.approx({"kind": "numeric", **expected})


def test_what_people_grade_takes_the_rubric_for_graders() -> None:
    rubric = (
        '<rubricBlock view="scorer"><p>Names the model.</p></rubricBlock><rubricBlock view="candidate">'
        "<p>Be kind.</p></rubricBlock>"
    )
    text = (
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Answer her.</prompt></extendedTextInteraction>'
    )
    question, long_text = one(item(response(base="string"), body=rubric + text, rules=""))
    assert question.prompt == "Be kind.\n\nAnswer her."
    assert "Names the model." in long_text["rubric"][0]["levels"][0]["text"]
    upload = (
        '<uploadInteraction responseIdentifier="RESPONSE" type="image/png"><prompt>Hand in.</prompt>'
        "</uploadInteraction>"
    )
    assert one(item(response(base="file"), body=upload, rules=""))[1]["endings"] == ["png"]


def test_words_of_a_text_and_places_of_a_picture() -> None:
    text = (
        '<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><p>We <hottext identifier="a">was</hottext> '
        '<hottext identifier="b">glad</hottext>.</p></hottextInteraction>'
    )
    question, words = one(item(response(correct("a")), body=text))
    assert question.prompt == "We **was** **glad**."
    assert words["choices"][0] == {"text": "was", "right": True}
    spots = (
        '<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>'
        '<object type="image/png" data="map.png" width="50" height="40">A map</object>'
        '<hotspotChoice identifier="a" shape="circle" coords="10,10,5"/>'
        '<hotspotChoice identifier="b" shape="rect" coords="20,20,40,30" hotspotLabel="The door"/></hotspotInteraction>'
    )
    data = item(response(correct("b")), body=spots)
    assert "picture of the question is not there" in left_out(data)
    _, places = one(archive({"item.xml": data, "map.png": png(100, 80)}))
    assert places["areas"] == [
        {"text": "Place 1", "circle": [20, 20, 10]},
        {"text": "The door", "right": True, "box": [40, 40, 40, 20]},
    ]


def test_an_item_that_asks_several_things_becomes_several_questions() -> None:
    parts = [response(correct("a"), name=name) for name in ("R1", "R2")]
    both = "".join(choice().replace("RESPONSE", name) for name in ("R1", "R2"))
    score = "".join(
        f'<match><variable identifier="{name}"/><correct identifier="{name}"/></match>' for name in ("R1", "R2")
    )
    rules = (
        f"<responseProcessing><responseCondition><responseIf>"
        f"<and>{score}</and>{set_score(base('2'))}</responseIf></responseCondition></responseProcessing>"
    )
    exchange = read(item(*parts, body=f"<p>A talk.</p>{both}", rules=rules))
    assert [question.slug for question in exchange.questions] == ["an-item-1", "an-item-2"]
    assert all(question.prompt.startswith("A talk.") for question in exchange.questions)
    assert len(exchange.remarks) == 2


def test_numbers_that_an_item_draws_are_drawn_once_and_stay_the_same() -> None:
    declared = '<templateDeclaration identifier="N" cardinality="single" baseType="integer"/>'
    drawing = (
        '<templateProcessing><setTemplateValue identifier="N"><randomInteger min="3" max="9"/></setTemplateValue>'
        f'<setCorrectResponse identifier="RESPONSE"><product><variable identifier="N"/>{base("2", "integer")}</product>'
        "</setCorrectResponse></templateProcessing>"
    )
    body = '<p>Twice <printedVariable identifier="N"/>?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    data = item(response(base="integer"), declared, drawing, body=body)
    question, specification = one(data)
    assert question.prompt == f"Twice {specification['right'] // 2}?"
    assert one(data) == (question, specification)
    assert "drawn once" in read(data).remarks[0].message


def test_what_cannot_be_asked_here_is_named() -> None:
    point = '<selectPointInteraction responseIdentifier="RESPONSE"><prompt>Where?</prompt></selectPointInteraction>'
    assert "A point" in left_out(item(response(), body=point))
    custom = '<customInteraction responseIdentifier="RESPONSE"/>'
    assert "program of its own" in left_out(item(response(), body=custom))
    assert "asks nothing" in left_out(item(body="<p>Just a text.</p>"))
    assert "not declared" in left_out(item(body=choice()))
    assert "several others" in left_out(
        item(
            response(correct("l r", "l s", "m r"), "multiple", "directedPair"),
            body='<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>'
            '<simpleAssociableChoice identifier="l">1</simpleAssociableChoice><simpleAssociableChoice identifier="m">2'
            '</simpleAssociableChoice></simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="r">3'
            '</simpleAssociableChoice><simpleAssociableChoice identifier="s">4</simpleAssociableChoice>'
            "</simpleMatchSet>"
            "</matchInteraction>",
        )
    )


def test_a_recording_and_a_remote_picture_are_remarks() -> None:
    body = (
        f'<p><object type="audio/mpeg" data="a.mp3"/><img src="https://other.example/x.png" alt="A door"/>'
        f"</p>{choice()}"
    )
    exchange: Exchange = read(item(response(correct("a")), body=body))
    assert exchange.questions[0].prompt == "A door\n\nWhat first?"
    assert len(exchange.remarks) == 2
