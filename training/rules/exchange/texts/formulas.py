"""Formulas in MathML on one line of plain text, as somebody would type them: (a + b)/2, √(x), x²."""

from collections.abc import Callable

from training.rules.exchange.naming import words
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.scripts import raised

DEEPEST = 30
_TIGHT = frozenset("()[]{},.;!⁡⁢⁣")
_WORDS = words("mi mn mtext ms cn ci")
ANY = -1
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


def formula(node: Node) -> str:
    """The words of a `math` element; its own text alternative where the author gave one."""
    given = node.get("alttext").strip()
    return given or " ".join(_read(node, 0).split())


def _read(node: Node, depth: int) -> str:
    if depth > DEEPEST:
        return node.text()
    if node.name in _WORDS:
        return _text(node)
    if node.name == "mo":
        return _operator(_text(node))
    parts = [_read(one, depth + 1) for one in node.elements() if one.name not in ("annotation", "annotation-xml")]
    form = _FORMS.get((node.name, len(parts))) or _FORMS.get((node.name, ANY))
    if form:
        return form(parts)
    return "".join(parts) if parts else _text(node)


def _text(node: Node) -> str:
    return " ".join(node.text().translate(_INVISIBLE).split())


def _operator(sign: str) -> str:
    return sign if not sign or sign in _TIGHT or (len(sign) > 1 and sign.isalpha()) else f" {sign} "


def _grouped(text: str) -> str:
    inside = text.strip()
    return inside if inside.replace(".", "").isalnum() or len(inside) <= 1 else f"({inside})"


def _up(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}{raised(parts[1], is_up=True)}"


def _down(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}{raised(parts[1], is_up=False)}"


def _both(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}{raised(parts[1], is_up=False)}{raised(parts[2], is_up=True)}"


_FORMS: dict[tuple[str, int], Callable[[list[str]], str]] = {
    ("mfrac", 2): lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}",
    ("msup", 2): _up,
    ("mover", 2): _up,
    ("msub", 2): _down,
    ("munder", 2): _down,
    ("msubsup", 3): _both,
    ("munderover", 3): _both,
    ("msqrt", ANY): lambda parts: f"√({''.join(parts)})",
    ("mroot", 2): lambda parts: f"{raised(parts[1], is_up=True)}√({parts[0]})",
    ("mfenced", ANY): lambda parts: f"({', '.join(parts)})",
    ("mtr", ANY): ", ".join,
    ("mtable", ANY): "; ".join,
}
