"""Interactions that take some of several things: choices, words of a text, places of a picture."""

from itertools import combinations

from training.rules.exchange.marked_choices import MarkedChoice, one_of, several_of
from training.rules.exchange.pictures import size_of_picture
from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.values import Response, Value, all_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of, snapped
from training.rules.exchange.texts.nodes import Node

MOST_TRIED = 8
"""Up to so many choices every combination is tried."""
MOST_FOR_OPINION = 9


def choice(asked: Asked, interaction: Node) -> Specification:
    """One or several of some choices; without a key an opinion."""
    options = interaction.elements("simpleChoice")
    texts = [asked.content.plain(one) for one in options]
    return taken(asked, interaction, options, texts)


def hottext(asked: Asked, interaction: Node) -> Specification:
    """Words of a text to be chosen; the same words twice get numbers."""
    options = list(interaction.below("hottext"))
    texts: list[str] = []
    for one in options:
        words = asked.content.plain(one)
        count = sum(text == words or text.startswith(f"{words} (no. ") for text in texts)
        texts.append(f"{words} (no. {count + 1})" if count else words)
    return taken(asked, interaction, options, texts)


def taken(asked: Asked, interaction: Node, options: list[Node], texts: list[str]) -> Specification:
    """A question with choices from the elements and their words."""
    response = asked.response(interaction)
    names = [one.get("identifier") for one in options]
    is_single = response.cardinality == "single" or interaction.get("maxChoices") == "1"
    shuffle = interaction.get("shuffle") == "true" and not any(one.get("fixed") == "true" for one in options)
    if asked.kind == "likert" or not _has_key(asked, response, names):
        return _opinion(asked, interaction, texts, is_single)
    said = said_to_each(asked, response, names)
    if is_single:
        marks = [asked.scoring.score(asked.with_value(response, response.of(name))) for name in names]
        nothing = asked.score(response, None)
        return _single(asked, response, names, texts, [mark - nothing for mark in marks], said, shuffle)
    return _several(asked, interaction, response, names, texts, said, shuffle)


def _has_key(asked: Asked, response: Response, names: list[str]) -> bool:
    if response.correct is not None:
        return True
    if any(asked.score(response, response.of(name)) > ENOUGH for name in names):
        return True
    return response.cardinality != "single" and bool(
        _sets_in_rules(asked, response, names) or _best_set(asked, response, names)
    )


def _opinion(asked: Asked, interaction: Node, texts: list[str], is_single: bool) -> Specification:
    if not is_single or not 2 <= len(texts) <= MOST_FOR_OPINION:
        raise asked.without_key(asked.response(interaction))
    prompt = interaction.first("prompt")
    statement = asked.content.plain(prompt) if prompt else ""
    statement = statement or asked.item.get("title")
    asked.note_opinion()
    return {"kind": "likert", "statements": [statement], "scale": texts}


def _single(
    asked: Asked,
    response: Response,
    names: list[str],
    texts: list[str],
    scores: list[float],
    said: list[str],
    shuffle: bool,
) -> Specification:
    best = max(scores, default=0.0)
    right = str(all_of(response.correct)[0]) if response.correct is not None else ""
    if best <= ENOUGH:
        if right not in names:
            raise asked.without_key(response)
        asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
        scores, best = [float(name == right) for name in names], 1.0
    asked.right[response.identifier] = response.of(names[scores.index(best)])
    marks = [snapped(score / best) for score in scores]
    if is_true_false(texts):
        place = [text.casefold() for text in texts].index("true")
        return {
            "kind": "true_false",
            "right": marks[place] >= 1 - ENOUGH,
            "feedback_true": said[place],
            "feedback_false": said[1 - place],
        }
    choices = [MarkedChoice(*one) for one in zip(texts, marks, said, strict=True)]
    marked = one_of(choices, shuffle)
    asked.remarks += marked.remarks
    return marked.specification


def is_true_false(texts: list[str]) -> bool:
    """Whether two choices are "True" and "False"."""
    return sorted(text.casefold() for text in texts) == ["false", "true"]


def said_to_each(asked: Asked, response: Response, names: list[str]) -> list[str]:
    """What is said to each choice alone. What is said to all of them is not for a choice but for everybody."""
    came = [asked.scoring.came_of(asked.with_value(response, response.of(name))) for name in names]
    shown = asked.feedback
    own = [[node for node in shown if asked.words_for(one, [node])] for one in came]
    for_all = set.intersection(*(set(map(id, nodes)) for nodes in own)) if own else set()
    for nodes in own:
        asked.feedback_used |= {id(node) for node in nodes if id(node) not in for_all}
    return [
        asked.words_for(one, [node for node in nodes if id(node) not in for_all])
        for one, nodes in zip(came, own, strict=True)
    ]


def _several(
    asked: Asked,
    interaction: Node,
    response: Response,
    names: list[str],
    texts: list[str],
    said: list[str],
    shuffle: bool,
) -> Specification:
    most = int(number_of(interaction.get("maxChoices", "0")) or 0) or len(names)
    right = _right_set(asked, response, names, most)
    asked.right[response.identifier] = response.of(*right)
    marks, all_or_nothing = _marks(asked, response, names, right)
    if most < len(names) and not all_or_nothing and all(mark >= 0 for mark in marks):
        asked.remarks.append(f"At most {most} could be chosen; instead wrong choices take marks away.")
        wrong = len(names) - len(right)
        marks = [mark if mark > 0 else -1 / max(wrong, 1) for mark in marks]
    choices = [MarkedChoice(*one) for one in zip(texts, marks, said, strict=True)]
    marked = several_of(choices, shuffle, all_or_nothing)
    asked.remarks += marked.remarks
    return marked.specification


def _right_set(asked: Asked, response: Response, names: list[str], most: int) -> list[str]:
    """The smallest set of choices that scores best: every set is tried if they are few, else what is declared."""
    declared = [str(one) for one in all_of(response.correct) if str(one) in names]
    if declared and (len(names) > MOST_TRIED or asked.score(response, response.of(*declared)) > ENOUGH):
        return declared
    named = _sets_in_rules(asked, response, names)
    if named:
        if len(named) > 1:
            asked.remarks.append("Other choices together were right as well; one way is right now.")
        return max(named, key=lambda one: (asked.score(response, response.of(*one)), -len(one)))
    if len(names) > MOST_TRIED:
        scores = {name: asked.score(response, response.of(name)) for name in names}
        return [name for name in names if scores[name] > ENOUGH]
    return _best_set(asked, response, names, most)


def _best_set(asked: Asked, response: Response, names: list[str], most: int = MOST_TRIED) -> list[str]:
    """The smallest set that scores best, of all sets of few choices; empty if none scores."""
    if len(names) > MOST_TRIED:
        return []
    sets = [one for count in range(1, min(most, len(names)) + 1) for one in combinations(names, count)]
    best = max(sets, key=lambda one: (asked.score(response, response.of(*one)), -len(one)), default=())
    return list(best) if asked.score(response, response.of(*best)) > ENOUGH else []


def _sets_in_rules(asked: Asked, response: Response, names: list[str]) -> list[list[str]]:
    """Sets of choices that the rules name and that score, where there are too many choices to try every set."""
    rules = asked.item.first("responseProcessing")
    if rules is None or len(names) <= MOST_TRIED:
        return []
    sets = [[one.text().strip() for one in node.elements("baseValue")] for node in rules.below("multiple")]
    known = [one for one in sets if one and set(one) <= set(names)]
    return [one for one in known if asked.score(response, response.of(*one)) > ENOUGH]


def _marks(asked: Asked, response: Response, names: list[str], right: list[str]) -> tuple[list[float], bool]:
    """What each choice adds or takes away, and whether only all right ones together are worth anything."""
    whole = asked.score(response, response.of(*right))
    nothing = asked.score(response, None)
    if whole - nothing <= ENOUGH:
        asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
        return _equal(names, right), False

    def share(value: Value) -> float:
        return (asked.score(response, value) - nothing) / (whole - nothing)

    marks = []
    for name in names:
        if name in right:
            marks.append(_clean(1 - share(response.of(*(one for one in right if one != name)))))
        else:
            marks.append(_clean(max(-1.0, share(response.of(*right, name)) - 1)))
    if len(right) > 1 and all(mark > 1 - ENOUGH for name, mark in zip(names, marks, strict=True) if name in right):
        return marks, True
    if len(right) == 1 and _exactly(asked, response, names, right, marks):
        return marks, True
    positive = [mark for name, mark in zip(names, marks, strict=True) if name in right]
    if any(mark <= 0 for mark in positive) or abs(sum(positive) - 1) > 0.02:
        asked.remarks.append("The rules of marking are more involved; each right choice earns an equal part now.")
        return _equal(names, right), False
    return marks, False


def _clean(mark: float) -> float:
    """A mark without the noise of subtracting."""
    return snapped(round(mark, 9)) + 0.0


def _exactly(asked: Asked, response: Response, names: list[str], right: list[str], marks: list[float]) -> bool:
    """Whether one right choice among several earns nothing with a wrong one beside it."""
    wrong = [mark for name, mark in zip(names, marks, strict=True) if name not in right]
    return len(wrong) > 1 and all(mark <= -1 + ENOUGH for mark in wrong)


def _equal(names: list[str], right: list[str]) -> list[float]:
    wrong = max(len(names) - len(right), 1)
    return [1 / len(right) if name in right else -1 / wrong for name in names]


def hotspot(asked: Asked, interaction: Node) -> Specification:
    """A place in a picture."""
    response = asked.response(interaction)
    spots = interaction.elements("hotspotChoice")
    if response.cardinality != "single" and len(all_of(response.correct)) != 1:
        cure = "Ask for one place, or make a multiple choice of it."
        raise UnreadableError(interaction.line, "Several places are to be chosen.", cure)
    drawing = interaction.first("object", "img", "picture")
    address = (drawing.get("data") or drawing.get("src")) if drawing else ""
    name = asked.content.places.keep(address) if address else ""
    data = asked.content.places.data(name) if name else None
    size = size_of_picture(data) if data else None
    if drawing is None or size is None:
        cure = "Hand in the whole package, with a picture in PNG, JPEG or WebP."
        raise UnreadableError(interaction.line, "The picture of the question is not there.", cure)
    scale = [
        side / float(number_of(drawing.get(key)) or side) for side, key in zip(size, ("width", "height"), strict=True)
    ]
    names = [one.get("identifier") for one in spots]
    texts = [asked.content.plain(one) or f"Place {place}" for place, one in enumerate(spots, 1)]
    marked = taken(asked, interaction, spots, texts)
    if marked["kind"] != "single_choice":
        raise UnreadableError(interaction.line, "Not one place is right.", "Ask for one place.")
    areas = [one | _shape(spot, scale, size) for one, spot in zip(marked["choices"], spots[: len(names)], strict=False)]
    described = drawing.get("alt") or " ".join(drawing.text().split()) or asked.item.get("title") or "Picture"
    return {
        "kind": "hot_spot",
        "picture": name,
        "description": described,
        "width": size[0],
        "height": size[1],
        "areas": areas,
    }


def _shape(spot: Node, scale: list[float], size: tuple[int, int]) -> Specification:
    """A shape in the pixels of the picture (HTML 4.01, section 13.6.1, "coords")."""
    numbers = [float(number_of(one.strip().rstrip("%")) or 0) for one in spot.get("coords").split(",") if one.strip()]
    form = spot.get("shape", "rect")
    across, down = scale
    if form == "circle" and len(numbers) >= 3:
        return {"circle": [_pixel(numbers[0] * across), _pixel(numbers[1] * down), _pixel(numbers[2] * across)]}
    if form in ("ellipse", "oval") and len(numbers) >= 4:
        x, y, wide, high = numbers[:4]
        form, numbers = "rect", [x - wide, y - high, x + wide, y + high]
    if form == "rect" and len(numbers) >= 4:
        left, top, right, bottom = (numbers[0] * across, numbers[1] * down, numbers[2] * across, numbers[3] * down)
        left, top = max(0.0, min(left, right)), max(0.0, min(top, bottom))
        right, bottom = (
            min(max(numbers[0], numbers[2]) * across, size[0]),
            min(max(numbers[1], numbers[3]) * down, size[1]),
        )
        return {"box": [_pixel(left), _pixel(top), _pixel(right - left), _pixel(bottom - top)]}
    if form == "poly" and len(numbers) >= 6:
        corners = [[_pixel(x * across), _pixel(y * down)] for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        return {"polygon": corners[:-1] if len(corners) > 3 and corners[0] == corners[-1] else corners}
    raise UnreadableError(spot.line, "A place has no shape that is known here.", "Use a circle, a box or a polygon.")


def _pixel(number: float) -> int | float:
    rounded = round(number, 2)
    return int(rounded) if float(rounded).is_integer() else rounded
