"""Strategies that draw specifications of every kind, answers to them, and nonsense."""

from typing import Any

from hypothesis import strategies as st

from training.rules.kinds.catalogue import KINDS

words = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)
letters = st.text("abcdefghijklmnop", min_size=8, max_size=16)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=least, max_size=most, unique=True)


@st.composite
def choices(draw: st.DrawFn, right: int | None = None) -> list[dict[str, Any]]:
    listed = draw(distinct(2, 6))
    count = right if right is not None else draw(st.integers(1, len(listed) - 1))
    drawn = [{"text": text, "right": place < count, "feedback": draw(texts)} for place, text in enumerate(listed)]
    return draw(st.permutations(drawn))


@st.composite
def single_choice(draw: st.DrawFn) -> dict[str, Any]:
    return {"kind": "single_choice", "choices": draw(choices(right=1))}


@st.composite
def multiple_choice(draw: st.DrawFn) -> dict[str, Any]:
    marking = draw(st.sampled_from(["all_or_nothing", "partial", "weighted"]))
    listed = draw(choices())
    if marking == "weighted":
        count = sum(choice["right"] for choice in listed)
        for choice in listed:
            choice["mark"] = 1 / count if choice["right"] else draw(st.sampled_from([0, -0.25, -1]))
    return {"kind": "multiple_choice", "marking": marking, "choices": listed}


@st.composite
def true_false(draw: st.DrawFn) -> dict[str, Any]:
    return {"kind": "true_false", "right": draw(st.booleans()), "feedback_true": draw(texts)}


@st.composite
def numeric(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["absolute", "relative", "significant_figures"]))
    tolerance = draw(st.integers(1, 15)) if kind == "significant_figures" else draw(st.floats(0, 1))
    right = draw(st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9))
    unit = draw(st.sampled_from(["", "%", "km", "€"]))
    return {"kind": "numeric", "right": right, "tolerance": tolerance, "tolerance_kind": kind, "unit": unit}


@st.composite
def short_text(draw: st.DrawFn) -> dict[str, Any]:
    accept = draw(st.lists(letters, min_size=1, max_size=4, unique=True))
    star = draw(st.booleans())
    return {
        "kind": "short_text",
        "accept": [f"*{accept[0]}*", *accept[1:]] if star else accept,
        "case_sensitive": draw(st.booleans()),
        "near_miss": draw(st.integers(0, 2)),
    }


@st.composite
def matching(draw: st.DrawFn) -> dict[str, Any]:
    lefts, rights = draw(distinct(2, 6)), draw(distinct(7, 9))
    pairs = [{"left": left, "right": right} for left, right in zip(lefts, rights, strict=False)]
    marking = draw(st.sampled_from(["partial", "all_or_nothing"]))
    return {"kind": "matching", "pairs": pairs, "extra": rights[len(lefts) :], "marking": marking}


@st.composite
def ordering(draw: st.DrawFn) -> dict[str, Any]:
    marking = draw(st.sampled_from(["partial", "all_or_nothing"]))
    return {"kind": "ordering", "items": draw(distinct(2, 7)), "marking": marking}


BY_KIND: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": single_choice(),
    "multiple_choice": multiple_choice(),
    "true_false": true_false(),
    "numeric": numeric(),
    "short_text": short_text(),
    "matching": matching(),
    "ordering": ordering(),
}

specifications = st.sampled_from(sorted(KINDS)).flatmap(BY_KIND.__getitem__)


def form_of(kind: str, response: dict[str, Any]) -> dict[str, list[str]]:
    """The fields that a page sends for a response."""
    if "matched" in response:
        return {f"match-{left}": [right] for left, right in response["matched"].items()}
    if "places" in response:
        return {f"place-{key}": [str(place)] for key, place in response["places"].items()}
    value = response.get("written", response.get("chosen", []))
    return {"answer": value if isinstance(value, list) else [value]}
