"""Strategies that draw specifications of every kind, answers to them, and nonsense."""

from typing import Any

from hypothesis import strategies as st

from training.rules.kinds.catalogue import GRADED_BY_PEOPLE, KINDS, NOT_GRADED

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


@st.composite
def gapped(draw: st.DrawFn, count: int) -> str:
    """A text with so many gaps, in any order."""
    order = draw(st.permutations(range(1, count + 1)))
    return " ".join(f"{draw(words).replace('[', '(')} [[{number}]]" for number in order)


@st.composite
def blanks(draw: st.DrawFn) -> dict[str, Any]:
    gaps = [{"accept": draw(st.lists(letters, min_size=1, max_size=2, unique=True))} for _ in range(draw(few))]
    return {"kind": "blanks", "text": draw(gapped(len(gaps))), "gaps": gaps, "marking": draw(markings)}


@st.composite
def choose_in_text(draw: st.DrawFn) -> dict[str, Any]:
    gaps = [{"choices": draw(choices(right=1))} for _ in range(draw(few))]
    return {"kind": "choose_in_text", "text": draw(gapped(len(gaps))), "gaps": gaps, "marking": draw(markings)}


@st.composite
def categorise(draw: st.DrawFn) -> dict[str, Any]:
    categories = draw(distinct(2, 4))
    items = [{"text": text, "category": draw(st.sampled_from(categories))} for text in draw(distinct(2, 6))]
    return {"kind": "categorise", "categories": categories, "items": items, "marking": draw(markings)}


@st.composite
def hot_spot(draw: st.DrawFn) -> dict[str, Any]:
    areas = draw(choices(right=1))
    shapes = [{"circle": [50, 50, 9.5]}, {"box": [0, 0, 100, 80]}, {"polygon": [[0, 0], [9, 9], [0, 9]]}]
    for area in areas:
        area.update(draw(st.sampled_from(shapes)))
    picture = {"picture": "pictures/shop-page.png", "description": draw(texts), "width": 100, "height": 80}
    return {"kind": "hot_spot", **picture, "areas": areas}


@st.composite
def scenario(draw: st.DrawFn) -> dict[str, Any]:
    """A ladder of scenes: each leads on to any later place; the last ones are endings."""
    count = draw(st.integers(1, 4))
    endings = {f"end-{number}": {"mark": draw(st.sampled_from([0, 0.5, 1]))} for number in range(draw(few))}
    endings["good"] = {"mark": 1, "says": [{"who": draw(texts), "text": draw(texts)}], "feedback": draw(texts)}
    scenes = {}
    for number in range(count):
        later = [f"scene-{other}" for other in range(number + 1, count)]
        onward = [later[0] if later else "good", *draw(st.lists(st.sampled_from([*later, *endings]), max_size=2))]
        onward += list(endings) if number == 0 else ["good"]
        listed = draw(distinct(len(onward), len(onward)))
        scenes[f"scene-{number}"] = {
            "says": [{"who": draw(texts), "text": draw(texts)}],
            "choices": [{"text": text, "to": to} for text, to in zip(listed, onward, strict=True)],
        }
    return {"kind": "scenario", "start": "scene-0", "scenes": scenes, "endings": endings}


@st.composite
def likert(draw: st.DrawFn) -> dict[str, Any]:
    return {"kind": "likert", "statements": draw(distinct(1, 4)), "scale": draw(distinct(2, 5))}


@st.composite
def rubrics(draw: st.DrawFn) -> list[dict[str, Any]]:
    levels = [{"text": "Fully.", "mark": 2}, {"text": "In part.", "mark": 0.5}, {"text": "No.", "mark": 0}]
    return [{"criterion": text, "levels": levels} for text in draw(distinct(1, 3))]


@st.composite
def long_text(draw: st.DrawFn) -> dict[str, Any]:
    return {"kind": "long_text", "rubric": draw(rubrics()), "least_words": draw(st.integers(0, 9))}


@st.composite
def file_upload(draw: st.DrawFn) -> dict[str, Any]:
    return {"kind": "file_upload", "rubric": draw(rubrics()), "endings": ["pdf", "png"], "most_files": 2}


few = st.integers(1, 3)
markings = st.sampled_from(["partial", "all_or_nothing"])

BY_KIND: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": single_choice(),
    "multiple_choice": multiple_choice(),
    "true_false": true_false(),
    "numeric": numeric(),
    "short_text": short_text(),
    "matching": matching(),
    "ordering": ordering(),
    "blanks": blanks(),
    "choose_in_text": choose_in_text(),
    "categorise": categorise(),
    "hot_spot": hot_spot(),
    "scenario": scenario(),
    "likert": likert(),
    "long_text": long_text(),
    "file_upload": file_upload(),
}


specifications = st.sampled_from(sorted(KINDS)).flatmap(BY_KIND.__getitem__)
with_a_key = st.sampled_from(sorted(set(KINDS) - GRADED_BY_PEOPLE - NOT_GRADED)).flatmap(BY_KIND.__getitem__)


def form_of(kind: str, response: dict[str, Any]) -> dict[str, list[str]]:
    """The fields that a page sends for a response."""
    prefixes = {"matching": "match-", "categorise": "item-", "ordering": "place-", "likert": "statement-"}
    table = next((value for value in response.values() if isinstance(value, dict)), None)
    if table is not None:
        prefix = prefixes.get(kind, "gap-")
        return {f"{prefix}{key}": [str(value)] for key, value in table.items()}
    for name, values in response.items():
        listed = values if isinstance(values, list) else [values]
        return {{"path": "path", "files": "file"}.get(name, "answer"): listed}
    return {}
