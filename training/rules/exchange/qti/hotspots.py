"""Places in a picture."""

from training.rules.exchange.pictures import size_of_picture
from training.rules.exchange.qti.asked import Asked, Specification
from training.rules.exchange.qti.taking import taken
from training.rules.exchange.qti.values import all_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node


def hotspot(asked: Asked, interaction: Node) -> Specification:
    """A place in a picture."""
    response = asked.response(interaction)
    spots = interaction.elements("hotspotChoice")
    if response.cardinality != "single" and len(all_of(response.correct)) != 1:
        cure = "Ask for one place, or make a multiple choice of it."
        raise UnreadableError(interaction.line, "Several places are to be chosen.", cure)
    drawing = interaction.first("object", "img", "picture") or Node("img")
    picture, size = _picture(asked, interaction, drawing)
    drawn = (number_of(drawing.get(name)) for name in ("width", "height"))
    scale = [side / float(stated or side) for side, stated in zip(size, drawn, strict=True)]
    texts = [asked.content.plain(one) or f"Place {place}" for place, one in enumerate(spots, 1)]
    marked = taken(asked, interaction, spots, texts)
    if marked["kind"] != "single_choice":
        raise UnreadableError(interaction.line, "Not one place is right.", "Ask for one place.")
    spot_of = dict(zip(reversed(texts), reversed(spots), strict=True))
    areas = [one | _shape(spot_of[one["text"]], scale, size) for one in marked["choices"]]
    described = drawing.get("alt") or " ".join(drawing.text().split()) or asked.item.get("title") or "Picture"
    sides = {"width": size[0], "height": size[1]}
    return {"kind": "hot_spot", "picture": picture, "description": described, **sides, "areas": areas}


def _picture(asked: Asked, interaction: Node, drawing: Node) -> tuple[str, tuple[int, int]]:
    """The name and the size of the picture. Raises UnreadableError if it is not there."""
    address = drawing.get("data") or drawing.get("src")
    name = asked.content.places.keep(address) if address else ""
    size = size_of_picture(asked.content.places.data(name)) if name else None
    if size is None:
        cure = "Hand in the whole package, with a picture in PNG, JPEG or WebP."
        raise UnreadableError(interaction.line, "The picture of the question is not there.", cure)
    return name, size


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
