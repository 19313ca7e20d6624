"""XML as text: elements from names, attributes and content that is already XML."""

from html import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text_xml(text: str) -> str:
    """Plain text as XML."""
    return escape(text, quote=False)


def attribute_xml(value: str) -> str:
    """Plain text as the value of an attribute; line ends are kept."""
    return escape(value).replace("\n", "&#10;").replace("\t", "&#9;")


def element(tag: str, /, *content: str, **attributes: str | int | float | bool) -> str:
    """An element. Content is XML; attributes are plain; "_" in their names stands for "-", at the end for nothing."""
    words = "".join(f' {_name(name)}="{attribute_xml(_word(value))}"' for name, value in attributes.items())
    inside = "".join(content)
    return f"<{tag}{words}>{inside}</{tag}>" if inside else f"<{tag}{words}/>"


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _word(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
