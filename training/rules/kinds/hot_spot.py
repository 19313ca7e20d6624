"""Hot spot: find the right place in a picture.

All places that may be chosen are drawn and lettered, so that the question can be answered from a list by keyboard and
screen reader and without script as well as by pointing.
"""

import re
from typing import Any

from training.rules.kinds import choices, fields
from training.rules.kinds.keys import key_of, keys_problems, shuffled
from training.rules.kinds.protocol import Field, FieldProblem, Form, Graded, Response, Specification
from training.rules.kinds.single_choice import SingleChoice

FIELDS = ("picture", "description", "width", "height", "areas")
AREA_FIELDS = ("text", "right", "feedback", "mark", "circle", "box", "polygon")
SHAPES = ("circle", "box", "polygon")
LARGEST_SIDE = 10_000
MOST_CORNERS = 40
_PICTURE = re.compile(r"pictures/[a-z0-9]+(-[a-z0-9]+)*\.(png|jpg|webp)")


class HotSpot:
    """Specification: `picture`, its `description`, `width` and `height` in its own pixels, `areas`.

    An area is a choice (text, right, feedback) with one shape: `circle` [x, y, radius], `box` [x, y, width, height] or
    `polygon` [[x, y], ...]. Its text says what is there without saying whether it is right.
    Response: `{"chosen": key}`. Form: `answer`.
    """

    name = "hot_spot"
    title = "Hot spot"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        picture = specification.get("picture")
        problems += fields.text_problems(picture, ("picture",), 100)
        if isinstance(picture, str) and picture.strip() and not _PICTURE.fullmatch(picture):
            cure = "Put it into the folder “pictures” of the course: pictures/some-words.png (or jpg, webp)."
            problems.append(FieldProblem(("picture",), f"“{picture}” is no picture of a course.", cure))
        problems += fields.text_problems(specification.get("description"), ("description",))
        for side in ("width", "height"):
            problems += fields.whole_number_problems(specification.get(side), (side,), 1, LARGEST_SIDE)
        return problems or _areas_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        areas = {area["text"]: area for area in specification["areas"]}
        order = shuffled(specification, areas, seed)
        shapes = [{shape: areas[text][shape] for shape in SHAPES if shape in areas[text]} for text in order]
        return {
            "kind": self.name,
            **{name: specification[name] for name in FIELDS[:-1]},
            "choices": [
                {"key": key_of(specification, text), "text": text, **shape}
                for text, shape in zip(order, shapes, strict=True)
            ],
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        return _CHOICE.parse(_as_choices(specification), form)

    def grade(self, specification: Specification, response: Response) -> Graded:
        return _CHOICE.grade(_as_choices(specification), response)

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if self.summary(specification, response) else "Choose a place in the picture."

    def summary(self, specification: Specification, response: Response) -> str:
        return _CHOICE.summary(_as_choices(specification), response)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return _CHOICE.right_response(_as_choices(specification))

    def right_answer(self, specification: Specification) -> str:
        return _CHOICE.right_answer(_as_choices(specification))


_CHOICE = SingleChoice()


def _as_choices(specification: Specification) -> dict[str, Any]:
    """The areas as a single choice."""
    return {"choices": specification["areas"], "keys": specification.get("keys", {})}


def _areas_problems(specification: Specification) -> list[FieldProblem]:
    areas = specification.get("areas")
    problems = fields.list_problems(areas, ("areas",), 2, choices.MOST_CHOICES)
    if not isinstance(areas, list) or not all(isinstance(area, dict) for area in areas):
        return problems or [FieldProblem(("areas",), "An area needs a text.", "Write “- text: …” and its shape.")]
    plain = [{name: value for name, value in area.items() if name not in SHAPES} for area in areas]
    problems += choices.choice_problems(plain, ("areas",))
    for place, area in enumerate(areas):
        problems += _shape_problems(area, ("areas", place), specification["width"], specification["height"])
    count = choices.right_count(areas)
    if not problems and count != 1:
        cure = "Mark exactly one with “right: true”."
        problems.append(FieldProblem(("areas",), f"{count} areas are marked as right.", cure))
    return problems


def _shape_problems(area: dict[str, Any], at: Field, width: int, height: int) -> list[FieldProblem]:
    shapes = [shape for shape in SHAPES if shape in area]
    if len(shapes) != 1:
        return [FieldProblem(at, "An area has one shape.", "Give it a circle, a box or a polygon.")]
    corners = _corners(shapes[0], area[shapes[0]])
    field = (*at, shapes[0])
    if corners is None:
        cure = "Write circle: [x, y, radius], box: [x, y, width, height] or polygon: [[x, y], [x, y], [x, y]]."
        return [FieldProblem(field, "This is no shape.", cure)]
    if not all(0 <= x <= width and 0 <= y <= height for x, y in corners):
        cure = f"Count pixels from the upper left; the picture is {width} by {height}."
        return [FieldProblem(field, "The shape reaches out of the picture.", cure)]
    return []


def _corners(shape: str, numbers: Any) -> list[tuple[float, float]] | None:
    """The corners of a shape, or of the square around a circle; None if it is no shape."""
    if shape == "polygon":
        if not isinstance(numbers, list) or not 3 <= len(numbers) <= MOST_CORNERS:
            return None
        return [(corner[0], corner[1]) for corner in numbers] if all(_are_numbers(one, 2) for one in numbers) else None
    if not _are_numbers(numbers, 3 if shape == "circle" else 4) or min(numbers[2:]) <= 0:
        return None
    x, y, *size = numbers
    if shape == "circle":
        return [(x - size[0], y - size[0]), (x + size[0], y + size[0])]
    return [(x, y), (x + size[0], y + size[1])]


def _are_numbers(values: Any, count: int) -> bool:
    if not isinstance(values, list) or len(values) != count:
        return False
    return not any(fields.number_problems(value, (), -LARGEST_SIDE, LARGEST_SIDE) for value in values)
