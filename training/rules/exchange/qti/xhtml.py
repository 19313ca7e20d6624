"""Our texts as the XHTML that QTI holds, with the Markdown beside it so that nothing is lost on the way back."""

from html import escape

from training.rules.exchange.pictures import FOLDER
from training.rules.exchange.qti.content import SOURCE
from training.rules.exchange.texts.html import EMPTY, read_html
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.xml_text import attribute_xml
from training.rules.rich_text import to_html

KEPT = {"a": ("href",), "img": ("src", "alt"), "th": ("scope",), "ol": ("start",)}


def prompt_xml(markdown: str, pictures: frozenset[str]) -> str:
    """Markdown as a div. Pictures that are not in the package become their words."""
    inside = "".join(_xml(one, pictures) for one in read_html(to_html(markdown)).children)
    return f'<div {SOURCE}="{attribute_xml(markdown)}">{inside}</div>'


def _xml(node: Node | str, pictures: frozenset[str]) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = {name: node.get(name) for name in KEPT.get(node.name, ()) if name in node.attributes}
    if node.name == "img":
        name = FOLDER + attributes.get("src", "").rpartition("/")[2]
        if name not in pictures:
            return escape(node.get("alt"), quote=False)
        attributes["src"] = f"../{name}"
    written = "".join(f' {name}="{attribute_xml(value)}"' for name, value in attributes.items())
    if node.name in EMPTY:
        return f"<{node.name}{written}/>"
    inside = "".join(_xml(one, pictures) for one in node.children)
    return f"<{node.name}{written}>{inside}</{node.name}>"
