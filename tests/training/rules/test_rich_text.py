"""Course texts into HTML: what comes out, and what never does."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.rich_text import TAGS, complaints, to_html, to_inline_html, to_plain

TABLE = "| Need | Place | Hours |\n|---|---|--:|\n| A fault | Forum | 4 |\n"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt&colon;alert(1))",
    "[go](data:text/html;base64,PHNjcmlwdD4=)",
    "[go](vbscript:x)",
    "<a href='javascript:alert(1)'>go</a>",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](//elsewhere.example/pixel.png)",
    "![x](\\\\elsewhere.example/pixel.png)",
    "![x](http://[/pixel.png)",
    '<p style="position:fixed">cover</p>',
    "<svg/onload=alert(1)>",
    "<iframe src=//elsewhere.example></iframe>",
    '[go](https://a.example "onmouseover=alert(1)")',
    "```html\n<script>alert(1)</script>\n```",
    '| "><script>alert(1)</script> |\n|---|\n| x |',
]


class Elements(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Elements(html).seen:
        assert tag in TAGS
        assert not {name for name in attributes if name.startswith("on") or name in ("style", "id")}
        assert re.match(r"(https?:|mailto:|[^:]*$|[^:]*[/?#])", attributes.get("href") or "")
        assert not re.match(r"\s*([a-z]+:|[\\/]{2})", attributes.get("src") or "", re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(text: str) -> None:
    assert_harmless(to_html(text))
    assert_harmless(to_inline_html(text))


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), max_size=4).map(" ".join))
def test_any_text_is_harmless(text: str) -> None:
    assert_harmless(to_html(text))
    assert_harmless(to_inline_html(text))
    assert isinstance(to_plain(text), str)
    assert isinstance(complaints(text), list)


def test_headings_start_at_two_and_skip_none() -> None:
    html = to_html("# Listen\n\n#### Why\n\n## Answer\n\n###### Small\n")
    assert [tag for tag, _ in Elements(html).seen] == ["h2", "h3", "h3", "h4"]
    assert to_html("### Only\n") == "<h2>Only</h2>\n"


def test_a_table_scrolls_is_reached_by_keyboard_and_has_a_name() -> None:
    html = to_html(TABLE)
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Need, Place, Hours">' in html
    assert '<table class="wide">' in html
    assert '<th scope="col">Need</th>' in html
    assert '<td class="n">4</td>' in html
    assert "style" not in html


def test_a_table_of_two_columns_stays_narrow_and_an_empty_heading_is_a_plain_cell() -> None:
    html = to_html("| | Place |\n|---|---|\n| A fault | Forum |\n")
    assert "<table>" in html
    assert "<td></td>" in html


def test_links_go_without_a_way_back() -> None:
    assert to_inline_html("[why](https://a.example)") == (
        '<a href="https://a.example" rel="noopener noreferrer">why</a>'
    )


def test_a_picture_of_the_course_stays_and_one_from_elsewhere_becomes_its_words() -> None:
    assert to_html("![Two arrows](pictures/talk.png)") == (
        '<p><img src="pictures/talk.png" alt="Two arrows" loading="lazy"></p>\n'
    )
    assert to_html("![Two arrows](https://a.example/talk.png)") == "<p>Two arrows</p>\n"


def test_html_is_shown_as_it_is_written() -> None:
    assert to_html("a <b>bold</b> word") == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n"


def test_a_choice_has_no_blocks() -> None:
    assert to_inline_html("*Thank* you") == "<em>Thank</em> you"
    assert to_inline_html("# 1 < 2") == "# 1 &lt; 2"


def test_plain_text_has_no_marks() -> None:
    assert to_plain("# Why\n\nIt is *not*\nthe `tool`.\n\n- [x](y)") == "Why It is not the tool. x"


def test_complaints_name_the_line() -> None:
    text = "Fine.\n\n<b>bold</b>\n\n![](a.png)\n\n![x](https://a.example/a.png)\n"
    assert [line for line, _, _ in complaints(text)] == [3, 5, 7]
    assert complaints("Fine, with `<b>` in code and 1 < 2.") == []
