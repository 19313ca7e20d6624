"""What a package of QTI 3.0 has besides items: the test and the manifest."""

from collections.abc import Sequence

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.moodle.parts import pictures_in
from training.rules.exchange.shares import number_text
from training.rules.exchange.topics import word_of_pool
from training.rules.exchange.xml_text import HEAD, element, text_xml

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
MANIFEST = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
TEST = "test.xml"


def test_xml(questions: Sequence[QuestionText]) -> str:
    """The test: which items, in which order, with which weights."""
    references = (
        element(
            "qti-assessment-item-ref",
            element("qti-weight", identifier="WEIGHT", value=number_text(question.weight)),
            identifier=f"ref-{question.slug}",
            href=path_of(question),
        )
        for question in questions
    )
    section = element("qti-assessment-section", *references, identifier="section", title="Questions", visible=True)
    part = element(
        "qti-test-part", section, identifier="part", navigation_mode="nonlinear", submission_mode="simultaneous"
    )
    return HEAD + element("qti-assessment-test", part, xmlns=NAMESPACE, identifier="test", title="Questions") + "\n"


def manifest_xml(questions: Sequence[QuestionText], pictures: Sequence[str]) -> str:
    """The manifest: every file of the package, and what each item is about."""
    resources = [_resource(question, pictures) for question in questions]
    resources += [
        element("resource", element("file", href=name), identifier=_id_of(name), type="webcontent", href=name)
        for name in pictures
    ]
    test = element("resource", element("file", href=TEST), identifier="test", type="imsqti_test_xmlv3p0", href=TEST)
    head = element("metadata", element("schema", "QTI Package"), element("schemaversion", "3.0.0"))
    manifest = element(
        "manifest",
        head,
        element("organizations"),
        element("resources", test, *resources),
        xmlns=MANIFEST,
        identifier="manifest",
    )
    return HEAD + manifest + "\n"


def _resource(question: QuestionText, pictures: Sequence[str]) -> str:
    """The entry of one item, with the pictures that it needs."""
    path = path_of(question)
    needs = (element("dependency", identifierref=_id_of(name)) for name in pictures_of(question) if name in pictures)
    item = {"identifier": f"item-{question.slug}", "type": "imsqti_item_xmlv3p0", "href": path}
    return element("resource", _metadata(question), element("file", href=path), *needs, **item)


def _id_of(picture: str) -> str:
    return "file-" + picture.replace("/", "-").replace(".", "-")


def _metadata(question: QuestionText) -> str:
    """Keywords: what the question asks for, then its topic, then its pool."""
    words = [str(question.about), question.topic, word_of_pool(question.pool) if question.pool else ""]
    keywords = (element("keyword", element("string", text_xml(word), language="en")) for word in words if word)
    return element("metadata", element("lom", element("general", *keywords), xmlns=METADATA))


def path_of(question: QuestionText) -> str:
    """Where the item of a question lies in the package."""
    return f"items/{question.slug}.xml"


def pictures_of(question: QuestionText) -> list[str]:
    """The pictures that a question shows."""
    own = [question.specification["picture"]] if "picture" in question.specification else []
    return [*own, *pictures_in(question.prompt, question.explanation)]
