"""The checks that every page is held to see what they are there to see."""

import re

import pytest

from db import db

SOUND = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="/static/mark.svg">{head}</head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


def show(page, head="", body="", policy=""):
    """Let the browser open a page made here, at an address of the site."""
    headers = {"Content-Type": "text/html", **({"Content-Security-Policy": policy} if policy else {})}
    html = SOUND.format(head=head, body=body)
    page.route("**/made-here", lambda route: route.fulfill(body=html, headers=headers))
    page.goto("/made-here")


def test_a_sound_page_passes(page, check_page):
    show(page)
    check_page(page)


@pytest.mark.parametrize(
    ("head", "body", "says"),
    [
        ("", '<p><img src="/static/mark.svg"></p>', "image-alt"),
        ("", '<form><input name="a"></form>', "label"),
        ("<style>p { color: #bbb; background: #fff }</style>", "<p>Pale</p>", "color-contrast"),
        (
            "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #000 } }</style>",
            "<p>Only in the dark</p>",
            "dark, 1280 wide",
        ),
        ("<style>div { width: 800px }</style>", "<div>Wide</div>", "scrolls sideways by 418 px, because of div"),
        ("<script>throw new Error('a fault')</script>", "", "script: a fault"),
        ("<script>console.error('a word')</script>", "", "console: a word"),
        ('<script src="/static/not-there.js"></script>', "", "404"),
        (
            '<link rel="stylesheet" href="http://other.invalid/a.css">',
            "",
            "asks another host: http://other.invalid/a.css",
        ),
    ],
    ids=["axe", "label", "contrast", "dark", "sideways", "script", "console", "missing file", "another host"],
)
def test_a_fault_is_seen(page, check_page, head, body, says):
    show(page, head, body)
    with pytest.raises(AssertionError, match=re.escape(says)):
        check_page(page)


def test_what_the_policy_refuses_is_seen(page, check_page):
    show(page, body='<p style="color: red">Red</p>', policy="default-src 'self'")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        check_page(page)


def test_statements_are_counted_and_told(app, statements):
    with statements() as sent:
        for _ in range(3):
            db.session.execute(db.text("SELECT 1"))
    db.session.execute(db.text("SELECT 2"))
    assert len(sent) == 3
    assert str(sent) == "3 x SELECT 1"
