"""Write a package of QTI 3.0: items, pictures, a test with the order and the weights, and a manifest."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.fitting import Fitting, changed, fitted
from training.rules.exchange.moodle.parts import pictures_in
from training.rules.exchange.pictures import size_of_picture
from training.rules.exchange.qti.bodies import BODIES
from training.rules.exchange.qti.declared import Written, variable
from training.rules.exchange.qti.packing import NAMESPACE, TEST, manifest_xml, path_of, pictures_of, test_xml
from training.rules.exchange.qti.xhtml import prompt_xml
from training.rules.exchange.results import Exported
from training.rules.exchange.topics import is_of_pool
from training.rules.exchange.xml_text import HEAD, element, text_xml
from training.rules.kinds.spelling import WILDCARD, pieces_of

WRITTEN_AT = (2026, 1, 1, 0, 0, 0)
"""The time of every file in a package, so that the same questions give the same bytes."""


def write_qti(questions: Sequence[QuestionText], files: Mapping[str, bytes] | None = None) -> Exported:
    """Questions as a package. `files` are their pictures by name."""
    pictures = files or {}
    fitting = Fitting("QTI")
    kept = fitted(questions, fitting, lambda one, question: _fit(one, question, pictures))
    shown = {name for question in kept for name in pictures_of(question) if name in pictures}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "imsmanifest.xml", manifest_xml(kept, sorted(shown)))
        _add(archive, TEST, test_xml(kept))
        for question in kept:
            _add(archive, path_of(question), _item(question, frozenset(shown)))
        for name in sorted(shown):
            _add(archive, name, pictures[name])
    return Exported(packed.getvalue(), "qti.zip", "application/zip", tuple(kept), tuple(fitting.problems))


def _add(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, WRITTEN_AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _item(question: QuestionText, pictures: frozenset[str]) -> str:
    written = BODIES[question.kind](question.specification)
    body = element("qti-item-body", prompt_xml(question.prompt, pictures), written.body, data_kind=question.kind)
    item = element(
        "qti-assessment-item",
        *written.declarations,
        *_outcomes(question, written),
        body,
        _rules(written),
        *_said(question, written, pictures),
        xmlns=NAMESPACE,
        identifier=f"item-{question.slug}",
        title=question.slug,
        adaptive=False,
        time_dependent=False,
    )
    return HEAD + item + "\n"


def _outcomes(question: QuestionText, written: Written) -> list[str]:
    names = [
        element(
            "qti-outcome-declaration", identifier="SCORE", cardinality="single", base_type="float", normal_maximum="1"
        )
    ]
    if written.named_by:
        names.append(
            element("qti-outcome-declaration", identifier="FEEDBACK", cardinality="multiple", base_type="identifier")
        )
    if question.explanation:
        default = element("qti-default-value", element("qti-value", "shown"))
        names.append(
            element(
                "qti-outcome-declaration",
                default,
                identifier="EXPLANATION",
                cardinality="single",
                base_type="identifier",
            )
        )
    return names


def _rules(written: Written) -> str:
    named = ""
    if written.named_by:
        inside = element("qti-multiple", *map(variable, written.named_by))
        named = element("qti-set-outcome-value", inside, identifier="FEEDBACK")
    return element("qti-response-processing", written.score, named) if written.score or named else ""


def _said(question: QuestionText, written: Written, pictures: frozenset[str]) -> list[str]:
    said = [_modal("FEEDBACK", name, element("p", text_xml(text))) for name, text in written.said.items()]
    if question.explanation:
        said.append(_modal("EXPLANATION", "shown", prompt_xml(question.explanation, pictures)))
    return said


def _modal(outcome: str, name: str, content: str) -> str:
    body = element("qti-content-body", content)
    return element("qti-modal-feedback", body, outcome_identifier=outcome, identifier=name, show_hide="show")


def _fit(fitting: Fitting, question: QuestionText, files: Mapping[str, bytes]) -> QuestionText | None:
    values = question.specification
    if question.kind not in BODIES:
        fitting.unknown_kind(question)
        return None
    if question.kind == "hot_spot" and size_of_picture(files.get(values["picture"], b"")) != (
        values["width"],
        values["height"],
    ):
        fitting.left_out(
            question, f"The picture {values['picture']} is not there, or has another size.", "Add it first."
        )
        return None
    question = fitting.with_pool(question)
    if question.topic.casefold() in ("why", "how") or is_of_pool(question.topic):
        fitting.lost(question, f"The topic “{question.topic}” has a meaning of its own among keywords.")
        question = replace(question, topic="")
    for name, words in (("keys", "keys of older wordings"), ("other_units", "other units")):
        question = fitting.drop(question, name, words)
    plain = _without_patterns(fitting, fitting.without_leniency(question))
    if plain is not None and question.kind == "ordering" and "marking" not in values and len(values["items"]) > 2:
        fitting.lost(question, "Other programs give the part of the mark by places instead of pairs.")
    missing = [name for name in pictures_in(question.prompt, question.explanation) if name not in files]
    if missing:
        fitting.lost(question, f"The picture {missing[0]} is not there.", "Add it to the question first.")
    return plain


def _without_patterns(fitting: Fitting, question: QuestionText) -> QuestionText | None:
    """Typed answers as plain words: QTI maps words, not patterns, and says nothing to single ones."""
    values = question.specification
    if question.kind == "short_text":
        kept = _plain_words(fitting, question, values["accept"])
        return changed(question, accept=kept) if kept else None
    if question.kind != "blanks":
        return question
    gaps = [_plain_words(fitting, question, gap["accept"]) for gap in values["gaps"]]
    if not all(gaps):
        return None
    return changed(question, gaps=[{**gap, "accept": kept} for gap, kept in zip(values["gaps"], gaps, strict=True)])


def _plain_words(fitting: Fitting, question: QuestionText, accept: list[Any]) -> list[Any]:
    """The accepted answers without patterns and feedback; none, and a problem, if no full one is left."""
    entries = [dict(one) if isinstance(one, dict) else {"text": one} for one in accept]
    plain = [one for one in entries if len(pieces_of(one["text"])) == 1]
    if not any(one.get("mark", 1) >= 1 for one in plain):
        fitting.left_out(question, f"QTI knows no patterns with “{WILDCARD}”.", "Export it as CSV or Moodle XML.")
        return []
    if len(plain) < len(entries):
        fitting.lost(question, f"Accepted answers with “{WILDCARD}” are left out.")
    said = [one.pop("feedback", "") for one in plain]
    if any(said):
        fitting.lost(question, "What is said to single answers is left out.")
    return [one if "mark" in one else one["text"] for one in plain if one.get("mark", 1) > 0]
