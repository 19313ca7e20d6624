"""Whatever the bytes, reading answers with questions and problems, and what it answers can be asked and written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.rules.exchange.exchanged import question_lists
from tests.training.rules.exchange.samples import archive, png
from training.rules.exchange.plain_form import plain_form
from training.rules.exchange.reading import read
from training.rules.exchange.results import WRITTEN, Exchange, Format
from training.rules.exchange.writing import write
from training.rules.kinds.catalogue import kind_of, validate

PIECES = [
    "::a::",
    "{",
    "}",
    "=",
    "~",
    "%50%",
    "#",
    "####",
    "->",
    "\\",
    "\n",
    "\n\n",
    "[html]",
    "$CATEGORY: a/b",
    "//",
    "T",
    "1..2",
    "A. x\n",
    "ANSWER: A\n",
    "<quiz>",
    "</quiz>",
    '<question type="multichoice">',
    "</question>",
    "<text>",
    "</text>",
    "<answer fraction='100'>",
    "</answer>",
    "<![CDATA[",
    "]]>",
    "&nbsp;",
    "&amp;",
    "{1:MC:=a~b}",
    "{2:NM:=1:2}",
    "<questiontext format='html'>",
    "</questiontext>",
    "<p>",
    "</p>",
    "kind,prompt,right,answer 1\n",
    "single_choice,",
    '<qti-assessment-item identifier="i">',
    "</qti-assessment-item>",
    "<qti-item-body>",
    "</qti-item-body>",
    '<qti-choice-interaction response-identifier="R" max-choices="2">',
    "</qti-choice-interaction>",
    '<qti-simple-choice identifier="a">',
    "</qti-simple-choice>",
    "<qti-text-entry-interaction response-identifier='R'/>",
    '<qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">',
    "</qti-response-declaration>",
    "<qti-correct-response><qti-value>a</qti-value></qti-correct-response>",
    "x",
    " ",
    "7",
]
mixtures = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join)


def holds(exchange: Exchange) -> None:
    slugs = [question.slug for question in exchange.questions]
    assert len(set(slugs)) == len(slugs)
    for question in exchange.questions:
        assert validate(question.specification) == []
        assert plain_form(question.specification) == question.specification
        assert question.prompt.strip()
        kind_of(question.specification).shown(question.specification, 1)
    for problem in exchange.problems:
        assert problem.message
        assert problem.line >= 0


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data) -> None:
    holds(read(data))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mixtures, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_mixture_of_what_formats_are_made_of(text, encoding) -> None:
    data = text.encode(encoding, "replace")
    holds(read(data))
    holds(read(archive({"imsmanifest.xml": data, "item.xml": data})))


@pytest.mark.parametrize("form", WRITTEN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listed=question_lists(2), data=st.data())
def test_any_file_that_is_spoilt_somewhere(form, listed, data) -> None:
    whole = bytearray(write(listed, form, {"pictures/shop-page.png": png(100, 80)}).data)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, max(0, len(whole) - 1)))
        whole[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=5))
    holds(read(bytes(whole)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mixtures, st.sampled_from(WRITTEN))
def test_what_was_read_can_be_written_and_read_again(text, form) -> None:
    exchange = read(text.encode("utf-8", "replace"))
    written = write(exchange.questions, form, exchange.files)
    if written.carried:
        assert read(written.data).questions == written.carried


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0....", "Office"),
        (b"PK\x03\x04broken", "damaged"),
        (b"<?xml version='1.0'?><html/>", "<html>"),
        (b"<questestinterop/>", "QTI 1.2"),
        (b"<manifest/>", "only names items"),
        (b"Just a note to myself.", "No questions"),
    ],
)
def test_a_file_of_another_kind_is_named(data, says) -> None:
    exchange = read(data)
    assert exchange.questions == ()
    (problem,) = exchange.problems
    assert says in problem.message
    assert problem.cure


def test_every_format_is_told_by_its_content() -> None:
    assert read(b"What?{=a ~b}").format is Format.GIFT
    assert read(b"What?\nA. a\nB. b\nANSWER: A").format is Format.AIKEN
    assert read(b"<quiz/>").format is Format.MOODLE_XML
    assert read(b"prompt\tkind\nWhat?\tlong_text").format is Format.CSV
    assert read(b"<qti-assessment-item xmlns='x'/>").format is Format.QTI
