r"""The notation for gaps in Moodle's texts ("Embedded answers", docs.moodle.org).

    {1:SHORTANSWER:=right#feedback~%50%half right~*#anything else}
    {2:NUMERICAL:=3.14:0.01}   {1:MULTICHOICE:=right~wrong}   {1:MULTIRESPONSE:=right~=right~wrong}

The number is the weight of the gap. A backslash makes "}", "~", "#", "/" and itself mean themselves.
"""

import re
from dataclasses import dataclass
from html import escape

from training.rules.exchange.shares import percent_of, share_of
from training.rules.exchange.texts.plain import plain_of_html

_ONE = "MULTICHOICE MC MULTICHOICE_V MCV MULTICHOICE_H MCH MULTICHOICE_S MCS MULTICHOICE_VS MCVS MULTICHOICE_HS MCHS"
_SEVERAL = "MULTIRESPONSE MR MULTIRESPONSE_H MRH MULTIRESPONSE_S MRS MULTIRESPONSE_HS MRHS"
KINDS = {
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "typed"),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "typed_case"),
    **dict.fromkeys(("NUMERICAL", "NM"), "number"),
    **dict.fromkeys(_ONE.split(), "one"),
    **dict.fromkeys(_SEVERAL.split(), "several"),
}
FIELD = re.compile(
    r"\{\s*(\d*)\s*:\s*(" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\s*:((?:[^\\}]|\\.){0,4000}+)\}",
    re.DOTALL,
)
_ALTERNATIVE = re.compile(r"\s*(?:%\s*(-?\d{1,3}(?:[.,]\d*)?)\s*%|(=))?(.*)", re.DOTALL)
_CUT = re.compile(r"((?:[^\\~#]|\\.)*)([~#]|\Z)", re.DOTALL)
OPEN, CLOSE = "\ue000", "\ue001"
"""Signs of no meaning around the number of a gap, while the text around it is read."""
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True)
class Alternative:
    """One answer of a gap: its mark in [-1, 1], its words, and what is said to it."""

    mark: float
    words: str
    feedback: str = ""


@dataclass(frozen=True)
class Gap:
    """One gap: "typed", "typed_case", "number", "one" or "several", its weight, its answers."""

    kind: str
    weight: int
    alternatives: tuple[Alternative, ...]


def gaps_marked(text: str) -> tuple[str, list[Gap]]:
    """A text with a mark for each gap, and the gaps in order."""
    gaps: list[Gap] = []

    def mark(found: re.Match[str]) -> str:
        gaps.append(Gap(KINDS[found[2]], int(found[1][:4] or 1), tuple(_alternatives(found[3]))))
        return f"{OPEN}{len(gaps)}{CLOSE}"

    plain = text.replace(OPEN, "").replace(CLOSE, "")
    return FIELD.sub(mark, plain), gaps


def _alternatives(inside: str) -> list[Alternative]:
    found: list[list[str]] = [[""]]
    for piece in _CUT.finditer(inside):
        found[-1][-1] += piece[1]
        if piece[2] == "~":
            found.append([""])
        elif piece[2] == "#" and len(found[-1]) == 1:
            found[-1].append("")
        elif piece[2] == "#":
            found[-1][-1] += "#"
    return [_alternative(parts) for parts in found if parts[0].strip() or len(parts) > 1]


def _alternative(parts: list[str]) -> Alternative:
    percent, equals, words = _ALTERNATIVE.fullmatch(parts[0]).groups()  # type: ignore[union-attr]
    mark = 1.0 if equals else share_of(percent) or 0.0 if percent else 0.0
    return Alternative(mark, _meant(words), _meant(parts[1]) if len(parts) > 1 else "")


def _meant(written: str) -> str:
    return plain_of_html(re.sub(r"\\([\\~#}/\"{:=%])", r"\1", written))


def gap_text(kind: str, alternatives: list[Alternative]) -> str:
    """A gap as it is written."""
    parts = []
    for one in alternatives:
        begins_oddly = one.words.startswith(("=", "%"))
        sign = f"%{percent_of(one.mark)}%" if 0 < one.mark < 1 or begins_oddly else "=" if one.mark >= 1 else ""
        parts.append(f"{sign}{_written(one.words)}" + (f"#{_written(one.feedback)}" if one.feedback else ""))
    return f"{{1:{kind}:{'~'.join(parts)}}}"


def _written(words: str) -> str:
    return re.sub(r"[\\~#}]", r"\\\g<0>", escape(words, quote=False))
