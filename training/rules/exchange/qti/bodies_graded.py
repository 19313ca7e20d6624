"""Kinds that a person grades, in QTI 3."""

from training.rules.exchange.qti.declared import (
    RESPONSE,
    Values,
    Written,
    declared,
)
from training.rules.exchange.rubric_text import rubric_as_text
from training.rules.exchange.xml_text import element, text_xml
from training.rules.kinds.file_upload import USUAL_ENDINGS

MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}


def _rubric(values: Values) -> str:
    text = rubric_as_text(values["rubric"], values.get("example", ""))
    lines = (element("p", text_xml(line)) for line in text.split("\n") if line.strip())
    return element(
        "qti-rubric-block", element("qti-content-body", *lines), view="scorer", use="scoring", data_rubric=text
    )


def long_text(values: Values) -> Written:
    """A long text with the rubric for whoever grades."""
    words = {f"data_{name}": values[name] for name in ("least_words", "most_words") if name in values}
    body = element("qti-extended-text-interaction", response_identifier=RESPONSE, **words)
    return Written((declared([], base_type="string"),), _rubric(values) + body, "")


def file_upload(values: Values) -> Written:
    """Files with the rubric for whoever grades."""
    endings = values.get("endings", list(USUAL_ENDINGS))
    kinds = " ".join(dict.fromkeys(MIMES.get(one, f"application/{one}") for one in endings))
    counts = {f"data_{name}": values[name] for name in ("most_files", "most_megabytes") if name in values}
    body = element(
        "qti-upload-interaction", response_identifier=RESPONSE, type=kinds, data_endings=" ".join(endings), **counts
    )
    return Written((declared([], base_type="file"),), _rubric(values) + body, "")
