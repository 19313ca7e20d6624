"""Packages of QTI: order, weights, pictures, shared texts, and archives that mean harm."""

import zipfile
from io import BytesIO

from tests.training.rules.exchange.samples import archive, png
from training.rules.course_files.course_text import About
from training.rules.exchange.qti.archive import safe_path
from training.rules.exchange.reading import read
from training.rules.exchange.results import Exchange

V3 = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
V2 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'


def item(name: str, body: str = "", more: str = "") -> str:
    body = body or f"<p>Is {name} so?</p>"
    return (
        f'<qti-assessment-item {V3} identifier="{name}" title="{name}" adaptive="false" time-dependent="false">'
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">'
        "<qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>"
        f'{more}<qti-item-body>{body}<qti-choice-interaction response-identifier="RESPONSE" max-choices="1">'
        '<qti-simple-choice identifier="a">No</qti-simple-choice>'
        '<qti-simple-choice identifier="b">Yes</qti-simple-choice></qti-choice-interaction></qti-item-body>'
        '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
        "</qti-assessment-item>"
    )


def manifest(*resources: str) -> str:
    return f"<manifest><resources>{''.join(resources)}</resources></manifest>"


def resource(path: str, kind: str = "imsqti_item_xmlv3p0", inside: str = "") -> str:
    return f'<resource type="{kind}" href="{path}">{inside}<file href="{path}"/></resource>'


def names(exchange: Exchange) -> list[str]:
    return [question.slug for question in exchange.questions]


def test_the_test_says_the_order_and_the_weights() -> None:
    test = (
        f"<qti-assessment-test {V3}><qti-test-part><qti-assessment-section>"
        f'<qti-assessment-item-ref href="../items/two.xml">'
        '<qti-weight identifier="W" value="3"/></qti-assessment-item-ref>'
        '<qti-assessment-item-ref href="../items/one.xml"/>'
        "</qti-assessment-section></qti-test-part></qti-assessment-test>"
    )
    words = (
        "<metadata><lom><general><keyword><string>why</string></keyword><keyword><string>Tone</string>"
        "</keyword></general></lom></metadata>"
    )
    exchange = read(
        archive(
            {
                "imsmanifest.xml": manifest(
                    resource("tests/test.xml", "imsqti_test_xmlv3p0"),
                    resource("items/one.xml"),
                    resource("items/two.xml", inside=words),
                    resource("items/three.xml"),
                ),
                "tests/test.xml": test,
                "items/one.xml": item("one"),
                "items/two.xml": item("two"),
                "items/three.xml": item("three"),
            }
        )
    )
    assert exchange.problems == ()
    assert names(exchange) == ["two", "one", "three"]
    assert [question.weight for question in exchange.questions] == [3, 1, 1]
    assert (exchange.questions[0].about, exchange.questions[0].topic) == (About.WHY, "Tone")


def test_pictures_and_shared_texts_are_found_beside_the_item() -> None:
    body = '<p><img src="../pics/A%20door.png" alt="A door"/></p>'
    more = '<qti-assessment-stimulus-ref identifier="s" href="../texts/shared.xml"/>'
    shared = (
        f"<qti-assessment-stimulus {V3}><qti-stimulus-body><p>Read this.</p></qti-stimulus-body>"
        f"</qti-assessment-stimulus>"
    )
    exchange = read(
        archive({"items/one.xml": item("one", body, more), "pics/A door.png": png(), "texts/shared.xml": shared})
    )
    assert exchange.problems == ()
    assert exchange.questions[0].prompt == "Read this.\n\n![A door](pictures/a-door.png)"
    assert exchange.files == {"pictures/a-door.png": png()}


def test_what_is_missing_or_broken_costs_that_item() -> None:
    exchange = read(
        archive(
            {
                "imsmanifest.xml": manifest(*(resource(f"{name}.xml") for name in ("one", "gone", "broken", "other"))),
                "one.xml": item("one"),
                "broken.xml": item("two").replace("</qti-item-body>", ""),
                "other.xml": "<html/>",
            }
        )
    )
    assert names(exchange) == ["one"]
    assert [problem.file for problem in exchange.left_out] == ["gone.xml", "broken.xml", "other.xml"]


def test_names_that_lead_out_of_the_package_lead_nowhere() -> None:
    for name in ("../evil.xml", "/etc/passwd", "C:/evil.xml", "a/../../evil", "..\\evil", "."):
        assert safe_path(name) == ""
    assert safe_path("a/../b\\c.xml") == "b/c.xml"
    exchange = read(archive({"../../evil.xml": item("evil"), "fine.xml": item("fine")}))
    assert names(exchange) == ["fine"]
    outside = read(archive({"a/fine.xml": item("fine", '<p><img src="../../../etc/passwd" alt="x"/></p>')}))
    assert outside.files == {}
    assert "not in the file" in outside.remarks[0].message


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    exchange = read(archive({"bomb.xml": b"<qti-assessment-item>" + b" " * 30_000_000}))
    assert exchange.questions == ()
    assert "more than it may" in exchange.problems[0].message


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("one.xml", item("one"))
    data = bytearray(packed.getvalue())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (5).to_bytes(4, "little")  # the size that the directory states
    assert read(bytes(data)).questions == ()


def test_locked_files_and_packages_of_other_things_are_named() -> None:
    data = bytearray(archive({"one.xml": item("one")}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark)
        data[place + offset] |= 1
    assert "damaged or locked" in read(bytes(data)).problems[0].message
    assert "no items" in read(archive({"notes.txt": "Hello"})).problems[0].message
    old = manifest(resource("quiz.xml", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"))
    assert any("QTI 1.2" in problem.message for problem in read(archive({"imsmanifest.xml": old})).problems)
