"""Course texts: Markdown (CommonMark with tables) into HTML that keeps to the strict Content-Security-Policy.

Two fences, one behind the other: raw HTML in a text is shown as it is written, never passed on; and what the renderer
made is cleaned by an allow-list. No style, no script, no picture from elsewhere.
"""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "a",
        "br",
        "hr",
        "img",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "div": {"aria-label"}}
FIXED_VALUES = {
    "div": {"tabindex": {"0"}, "role": {"region"}},
    "th": {"scope": {"col"}},
    "img": {"loading": {"lazy"}},
}
CLASSES = {"div": {"scroll"}, "table": {"wide"}, "th": {"n"}, "td": {"n"}}
SCHEMES = {"http", "https", "mailto"}
WIDE_FROM = 3
"""Columns from which a table scrolls on a narrow screen rather than squeezes."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_SEEING_HTML = MarkdownIt("commonmark", {"html": True}).enable("table")


def to_html(markdown: str) -> str:
    """A text as HTML blocks, its largest headings at level 2, no level left out, tables in a box that scrolls."""
    tokens = _MARKDOWN.parse(markdown)
    _level_headings(tokens)
    tokens = _dress_tables(tokens)
    for token in tokens:
        _drop_foreign_pictures(token.children or [])
    return _clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def to_inline_html(markdown: str) -> str:
    """A short text (a choice, a side, an item) as HTML without blocks, for use inside a label."""
    tokens = _MARKDOWN.parseInline(markdown)
    for token in tokens:
        _drop_foreign_pictures(token.children or [])
    return _clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).strip()


def to_plain(markdown: str) -> str:
    """A text as one line of plain text, for titles, summaries and lists."""
    words: list[str] = []
    for token in _MARKDOWN.parse(markdown):
        if token.type in ("fence", "code_block"):
            words.append(token.content)
        for child in token.children or []:
            words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        words.append(" ")
    return " ".join("".join(words).split())


def complaints(markdown: str) -> list[tuple[int, str, str]]:
    """What an author should mend: (line from 1, message, cure) for each thing that would not be shown as meant."""
    found = []
    for token in _SEEING_HTML.parse(markdown):
        line = token.map[0] + 1 if token.map else 1
        inside = token.children or []
        if token.type == "html_block" or any(child.type == "html_inline" for child in inside):
            found.append((line, "HTML is shown as it is written.", "Write it in Markdown."))
        for child in inside:
            if child.type == "image" and not child.content.strip():
                found.append((line, "A picture has no text for those who do not see it.", "Write it in the [ ]."))
            if child.type == "image" and _is_foreign(str(child.attrGet("src") or "")):
                found.append((line, "A picture from another site is not shown.", "Put the picture into the course."))
    return found


def _level_headings(tokens: Sequence[Token]) -> None:
    """Shift headings so that the largest is h2, and let none skip a level (WCAG 2.2, technique H42)."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = 2 - min(levels, default=2)
    last = 1
    for token in tokens:
        if token.type == "heading_open":
            last = min(int(token.tag[1]) + shift, last + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


def _dress_tables(tokens: Sequence[Token]) -> list[Token]:
    """Put every table into a box that scrolls and can be reached by keyboard; alignment becomes a class."""
    dressed: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            headings = _headings_of(tokens[place:])
            label = escape(", ".join(filter(None, headings)))
            dressed.append(_raw(f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'))
            if len(headings) >= WIDE_FROM:
                token.attrSet("class", "wide")
        elif token.type in ("th_open", "td_open"):
            _dress_cell(token, is_empty=not tokens[place + 1].content.strip())
        elif token.type == "th_close" and not tokens[place - 1].content.strip():
            token.tag = "td"
        dressed.append(token)
        if token.type == "table_close":
            dressed.append(_raw("</div>"))
    return dressed


def _dress_cell(token: Token, is_empty: bool) -> None:
    """A class instead of a style; a heading without words is no heading."""
    style = str(token.attrs.pop("style", ""))
    if style.endswith("right"):
        token.attrSet("class", "n")
    if token.type == "th_open" and is_empty:
        token.tag = "td"
    elif token.type == "th_open":
        token.attrSet("scope", "col")


def _headings_of(table: Iterable[Token]) -> list[str]:
    """The words over the columns of a table, from the tokens that begin with it."""
    headings: list[str] = []
    inside = False
    for token in table:
        if token.type == "thead_close":
            break
        if inside and token.type == "inline":
            headings.append("".join(child.content for child in token.children or []).strip())
        inside = token.type == "th_open"
    return headings


def _raw(html: str) -> Token:
    return Token("html_block", "", 0, content=html + "\n")


def _drop_foreign_pictures(tokens: Sequence[Token]) -> None:
    """A picture from elsewhere becomes its words; one of our own is loaded when it comes into view."""
    for token in tokens:
        if token.type != "image":
            continue
        if _is_foreign(str(token.attrGet("src") or "")):
            token.type, token.tag, token.children = "text", "", None
        else:
            token.attrSet("loading", "lazy")


def _is_foreign(address: str) -> bool:
    """Whether an address leaves this site. Browsers read a backslash as a slash."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        tag_attribute_values=FIXED_VALUES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
