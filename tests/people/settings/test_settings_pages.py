"""The settings an owner may change, the notice everybody reads, and what a later feature may add."""

import html
import re

import pytest
from sqlalchemy import select

from db import db
from people.auditing.models import AuditEntry
from people.models import CompanySetting
from people.settings import company_settings
from people.settings.company_settings import Choice, change_settings, choices, offer
from tests.support.cast import NOW

FILLED = {"company_name": "Larkspur", "contact_name": "", "contact_email": "", "time_zone": "UTC", "notice": ""}


@pytest.fixture
def owner(cast, client_of):
    return client_of(cast.petra)


def text_of(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def stored() -> dict[str, str]:
    return {row.name: row.value for row in db.session.execute(select(CompanySetting.name, CompanySetting.value))}


def test_every_choice_is_shown_with_what_it_does_and_what_the_server_sets_beside_it(owner):
    page = text_of(owner.get("/settings"))
    for choice in choices():
        assert f"{choice.label} {choice.what}" in page
    assert "SESSION_HOURS 12 hours" in page
    for secret in ("SECRET_KEY", "DATABASE_URL", "MAIL_URL"):
        assert secret not in page


def test_a_change_is_stored_and_each_is_one_row_of_the_trail(owner, cast):
    answer = owner.post(
        "/settings", data={**FILLED, "time_zone": "Europe/Lisbon", "contact_email": "Ask@larkspur.example"}
    )
    assert "The settings are changed." in owner.get(answer.location).text
    assert stored() == {
        "company_name": "Larkspur", "contact_email": "ask@larkspur.example", "time_zone": "Europe/Lisbon",
    }  # fmt: skip
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [row.detail["setting"] for row in rows] == ["company_name", "contact_email", "time_zone"]
    assert {row.actor_id for row in rows} == {cast.petra.id}


def test_the_same_again_changes_nothing(owner):
    owner.post("/settings", data=FILLED)
    answer = owner.post("/settings", data=FILLED)
    assert "Nothing was different" in owner.get(answer.location).text
    assert len(db.session.scalars(select(AuditEntry.id)).all()) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"time_zone": "Lisbon/Europe"}, "Unknown time zone."),
        ({"contact_email": "ask"}, "Not an e-mail address."),
        ({"company_name": "x" * 201}, "Use at most 200 characters; this has 201."),
        ({"notice": "x" * 4001}, "Use at most 4,000 characters; this has 4,001."),
        ({"notice": "a\x1bb"}, "characters that cannot be seen"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_nothing_is_stored(owner, wrong, words):
    answer = owner.post("/settings", data={**FILLED, **wrong})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert stored() == {}


def test_settings_cost_few_statements(owner, statements):
    for send in (lambda: owner.get("/settings"), lambda: owner.post("/settings", data=FILLED)):
        with statements() as sent:
            send()
        assert len(sent) <= 12, str(sent)


def test_the_notice_is_for_everybody_and_ends_with_the_company_s_own_words(cast, client_of):
    change_settings(
        {"company_name": "Larkspur", "contact_name": "Ruth", "notice": "First <b>line</b>.\nSecond.\n\nLast."},
        actor_id=None,
        at=NOW,
    )
    answer = client_of(cast.ben).get("/notice")
    page = text_of(answer)
    assert "Larkspur uses Sharpshooter" in page
    assert "figures about five people or more" in page
    assert "Whom to ask Ruth" in page
    assert "<p>First &lt;b&gt;line&lt;/b&gt;.<br>Second.</p>" in "".join(answer.text.split("\n"))


def test_the_notice_says_so_when_texts_are_kept(app, cast, client_of):
    assert "is not kept, only a fingerprint" in client_of(cast.ben).get("/notice").text
    app.config["KEEP_TEXT"] = True
    assert "is kept too" in client_of(cast.ben).get("/notice").text


def test_a_later_feature_offers_a_choice_once(monkeypatch):
    monkeypatch.setattr(company_settings, "_choices", list(choices()))
    before = len(choices())
    offer(Choice("speed", "Speed", "How fast.", str))
    offer(Choice("speed", "Speed", "How fast it is.", str))
    assert len(choices()) == before + 1
    assert choices()[-1].what == "How fast it is."
