"""What every answer says to the browser, and what no page may contain."""

import re

import pytest

from tests.access.matrix import ANSWERED, ROLES, read_matrix
from tests.access.walk import address_of, rule_of

pytestmark = pytest.mark.one_database

PAGES = [line for line in read_matrix() if line.method == "GET" and line.rule != "/static/<path:filename>"]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|srcset|<link[^>]*href|action)=["']?(?:https?:)?//""", re.IGNORECASE)


def directives(answer):
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


def assert_sound_headers(answer):
    policy = directives(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & {
        word for words in policy.values() for word in words
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("line", PAGES, ids=str)
def test_every_page_is_safe_to_show(stage, line):
    rule = rule_of(stage.app, line)
    for name in ROLES:
        for target in stage.world.targets(rule):
            if line.expected(name, target.owners) == ANSWERED:
                answer = stage.visitor(name).get(address_of(stage.app, rule, target.values))
                assert_sound_headers(answer)
                assert answer.headers["Cache-Control"] == "no-store"
                text = answer.data.decode(errors="replace")  # a PDF is no text
                assert not INLINE.search(text), INLINE.search(text)
                assert not ELSEWHERE.search(text), ELSEWHERE.search(text)
                break


@pytest.mark.parametrize(
    ("address", "code"), [("/nothing-here", 404), ("/jobs", 403), ("/sign-out", 405), ("/people/1/edit", 403)]
)
def test_error_pages_are_safe_to_show_too(stage, address, code):
    answer = stage.visitor("ben").get(address)
    assert answer.status_code == code
    assert_sound_headers(answer)
    assert not INLINE.search(answer.text)


def test_an_unexpected_error_shows_an_id_and_nothing_else(app, client_of, cast, monkeypatch, caplog):
    def broken():
        raise RuntimeError("the secret plan of petra@larkspur.example")

    broken.permission = app.view_functions["sign_in.account"].permission
    monkeypatch.setitem(app.view_functions, "sign_in.account", broken)
    app.config["PROPAGATE_ERRORS"] = False
    answer = client_of(cast.ben).get("/account")
    assert answer.status_code == 500
    assert "secret plan" not in answer.text
    error_id = re.search(r"id ([0-9a-f]{8})", answer.text).group(1)
    assert error_id in caplog.text
    assert_sound_headers(answer)


def test_static_files_may_be_kept_and_are_safe_too(client):
    answer = client.get("/static/house.css")
    assert_sound_headers(answer)
    assert "max-age" in answer.headers["Cache-Control"]
    for outside in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert client.get(outside).status_code == 404


def test_a_file_that_is_too_large_is_refused_with_the_cure(app, client_of, cast):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client_of(cast.ben).post("/account", data={"password": "x" * 5000})
    assert (answer.status_code, "too large" in answer.text) == (413, True)
