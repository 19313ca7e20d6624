"""Signing in and out, and links to choose a password: what works, what is refused, and what it gives away."""

import re
from datetime import timedelta
from functools import cache

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from app import create_app
from db import db, utcnow
from mail import OutgoingMail
from people.auditing import audit
from people.auditing.models import AuditEntry
from people.models import Employee
from people.sign_in import operations as sign_in_operations
from people.sign_in import passwords
from people.sign_in.models import PasswordLink, SignInSession, Throttle
from people.sign_in.views import is_safe_target

GOOD, OTHER = "seven herons on a quiet pier", "eight gulls on a windy mast"


@cache
def good_hash():
    return passwords.hash_password(GOOD)


@pytest.fixture
def ben(cast):
    """Ben, with a password."""
    db.session.get_one(Employee, cast.ben.id).password_hash = good_hash()
    return cast.ben


def try_to_sign_in(client, email, password=GOOD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def is_signed_in(client):
    return client.get("/account").status_code == 200


def without_what_differs(page, email):
    """The page without the address that was typed and the form's token, which carries the time."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page).replace(email, "")


def link_in_mail(email):
    texts = db.session.scalars(select(OutgoingMail.text).where(OutgoingMail.to == email).order_by(OutgoingMail.id))
    return next(word for word in list(texts)[-1].split() if "/password/" in word)


def change(model, **values):
    db.session.execute(update(model).values(**values))
    db.session.commit()


def test_a_hash_by_weaker_settings_is_renewed_at_the_next_right_password(client, ben):
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD)
    change(Employee, password_hash=weak)
    try_to_sign_in(client, ben.email, OTHER)
    assert db.session.get_one(Employee, ben.id).password_hash == weak
    try_to_sign_in(client, ben.email)
    stored = db.session.get_one(Employee, ben.id).password_hash
    assert stored != weak
    assert passwords.renewed(stored, GOOD) is None
    assert is_signed_in(client)


def test_a_password_that_was_changed_meanwhile_is_not_set_back(ben):
    sign_in_operations.renew_hash(ben.id, "another hash", "an older one")
    assert db.session.get_one(Employee, ben.id).password_hash == good_hash()


@pytest.mark.parametrize("email", ["ben@larkspur.example", " BEN@Larkspur.Example "])
def test_the_right_password_signs_in(client, ben, email):
    answer = try_to_sign_in(client, email)
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_signed_in(client)


def test_a_wrong_password_an_unknown_account_and_one_without_password_get_the_same_answer(client, ben, cast):
    answers = {
        email: try_to_sign_in(client, email, OTHER)
        for email in (ben.email, "nobody@larkspur.example", cast.carla.email, cast.lena.email)
    }
    pages = {without_what_differs(answer.text, email) for email, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {422}
    assert len(pages) == 1
    assert "do not fit together" in pages.pop()
    assert not is_signed_in(client)


@pytest.mark.parametrize("gone", [{"deactivated_at": utcnow()}, {"ends_on": utcnow().date() - timedelta(days=1)}])
def test_who_has_left_can_neither_sign_in_nor_go_on(client, ben, client_of, gone):
    signed_in = client_of(ben)
    assert is_signed_in(signed_in)
    change(Employee, **gone)
    assert not is_signed_in(signed_in)
    assert try_to_sign_in(client, ben.email).status_code == 422


def test_the_last_day_is_a_day_of_work(client, ben):
    change(Employee, ends_on=utcnow().date() + timedelta(days=1))
    assert try_to_sign_in(client, ben.email).status_code == 302


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client, ben):
    asked = client.get("/account?tab=1")
    assert asked.location == "/sign-in?next=/account?tab%3D1"
    assert 'value="/account?tab=1"' in client.get(asked.location).text
    assert try_to_sign_in(client, ben.email, next="/account?tab=1").location == "/account?tab=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " /account",
        "javascript:alert(1)",
        "account",
        "",
        None,
    ],
)
def test_signing_in_never_leads_to_another_site(client, ben, target):
    assert not is_safe_target(target)
    assert try_to_sign_in(client, ben.email, next=target or "").location == "/"


def test_signing_out_ends_the_session_on_the_server(client, ben):
    try_to_sign_in(client, ben.email)
    kept = client.get_cookie("session").value
    answer = client.post("/sign-out")
    assert (answer.location, answer.headers["Clear-Site-Data"]) == ("/sign-in", '"cache", "storage"')
    client.set_cookie("session", kept)
    assert not is_signed_in(client)


def test_a_session_ends_by_itself(client_of, ben):
    client = client_of(ben)
    change(SignInSession, ends_at=utcnow())
    assert not is_signed_in(client)


def test_the_database_does_not_hold_what_would_open_a_session(client, ben):
    try_to_sign_in(client, ben.email)
    client.set_cookie("session", "")
    for stored in db.session.scalars(select(SignInSession.token_hash)):
        with client.session_transaction() as content:
            content["_user_id"] = stored
        assert not is_signed_in(client)


def test_a_new_sign_in_is_a_new_session(client, ben):
    for _ in range(2):
        try_to_sign_in(client, ben.email)
        client.post("/sign-out")
    assert len(set(db.session.scalars(select(SignInSession.token_hash)))) == 2


def test_an_account_is_throttled_whether_it_exists_or_not(app, client, ben):
    app.config["SIGN_IN_TRIES"] = 3
    for email in (ben.email, "nobody@larkspur.example"):
        answers = [try_to_sign_in(client, email, OTHER).status_code for _ in range(4)]
        assert answers == [422, 422, 422, 429]
    assert try_to_sign_in(client, ben.email.upper()).status_code == 429
    change(Throttle, since=utcnow() - timedelta(minutes=15))
    assert try_to_sign_in(client, ben.email).status_code == 302


def test_an_address_is_throttled_across_accounts_and_others_are_not(app, client, ben):
    app.config["SIGN_IN_TRIES"] = 1
    for number in range(10):
        assert try_to_sign_in(client, f"guess{number}@larkspur.example", OTHER).status_code == 422
    assert try_to_sign_in(client, ben.email).status_code == 429
    other = {"REMOTE_ADDR": "203.0.113.7"}
    answer = client.post("/sign-in", data={"email": ben.email, "password": GOOD}, environ_overrides=other)
    assert answer.status_code == 302


def test_a_try_after_the_window_counts_anew(app, cast):
    sign_in_operations.count_try(["a"], utcnow() - timedelta(minutes=16))
    sign_in_operations.count_try(["a"], utcnow())
    assert db.session.scalars(select(Throttle.tries)).all() == [1]


def test_forms_keep_what_was_typed_but_never_a_password(client, ben):
    answer = try_to_sign_in(client, ben.email, OTHER)
    assert ben.email in answer.text
    assert OTHER not in answer.text


def test_a_link_goes_to_the_configured_address_whatever_the_browser_claims(app, client, ben):
    app.config["PUBLIC_URL"] = "https://sharpshooter.larkspur.example/"
    client.post("/password/forgotten", data={"email": ben.email}, base_url="http://evil.example")
    assert link_in_mail(ben.email).startswith("https://sharpshooter.larkspur.example/password/")


def test_asking_for_a_link_does_not_tell_whether_the_account_exists(client, ben, cast):
    emails = (ben.email, "nobody@larkspur.example", cast.lena.email)
    answers = {email: client.post("/password/forgotten", data={"email": email}) for email in emails}
    assert len({without_what_differs(answer.text, email) for email, answer in answers.items()}) == 1
    assert db.session.scalars(select(OutgoingMail.to)).all() == [ben.email]


def test_only_three_links_go_to_one_account_in_a_quarter_of_an_hour(client, ben):
    for _ in range(5):
        assert client.post("/password/forgotten", data={"email": ben.email}).status_code == 200
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 3


def choose_link(client, ben):
    client.post("/password/forgotten", data={"email": ben.email})
    return "/password/" + link_in_mail(ben.email).rpartition("/")[2]


def test_a_link_works_once_and_ends_every_session(client, ben, client_of):
    elsewhere, link = client_of(ben), choose_link(client, ben)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": OTHER}).location == "/sign-in"
    assert not is_signed_in(elsewhere)
    assert client.get(link).status_code == 404
    assert client.post(link, data={"password": GOOD}).status_code == 404
    assert try_to_sign_in(client, ben.email, GOOD).status_code == 422
    assert try_to_sign_in(client, ben.email, OTHER).status_code == 302
    verbs = db.session.execute(select(AuditEntry.verb, AuditEntry.subject_id)).all()
    assert verbs == [(audit.Verb.PASSWORD_CHANGED, ben.id)]


def test_a_weak_password_does_not_use_up_the_link(client, ben):
    link = choose_link(client, ben)
    answer = client.post(link, data={"password": "short"})
    assert answer.status_code == 422
    assert "at least 15 characters" in answer.text
    assert client.post(link, data={"password": OTHER}).status_code == 302


def test_a_newer_link_ends_the_older_one(client, ben):
    older, newer = choose_link(client, ben), choose_link(client, ben)
    assert client.get(older).status_code == 404
    assert client.get(newer).status_code == 200


def test_a_link_ends_by_itself_and_with_the_account(client, ben):
    link = choose_link(client, ben)
    change(Employee, deactivated_at=utcnow())
    assert client.get(link).status_code == 404
    change(Employee, deactivated_at=None)
    assert client.get(link).status_code == 200
    change(PasswordLink, ends_at=utcnow())
    assert client.get(link).status_code == 404


def test_changing_the_password_keeps_this_session_and_ends_the_others(client_of, ben):
    here, elsewhere = client_of(ben), client_of(ben)
    assert here.post("/account", data={"present": GOOD, "password": OTHER}).location == "/account"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("present", "password", "says"),
    [(OTHER, OTHER, "not your present password"), (GOOD, "short", "at least 15"), (GOOD, "", "Enter a new password")],
)
def test_a_change_that_is_refused_changes_nothing(client_of, ben, present, password, says):
    client = client_of(ben)
    answer = client.post("/account", data={"present": present, "password": password})
    assert answer.status_code == 422
    assert says in answer.text
    assert db.session.get_one(Employee, ben.id).password_hash == good_hash()


def test_no_password_is_checked_while_the_database_is_locked_for_writing(client, ben, monkeypatch):
    """46 MiB and 50 ms of hashing inside a write transaction would hold up everybody."""
    check, others = passwords.is_right, []

    def check_while_somebody_writes(*arguments):
        with db.engine.begin() as other:
            others.append(other.execute(update(Throttle).values(tries=0)))
        return check(*arguments)

    monkeypatch.setattr(passwords, "is_right", check_while_somebody_writes)
    assert try_to_sign_in(client, ben.email).status_code == 302
    assert len(others) == 1


def test_the_cookie_is_kept_from_scripts_and_other_sites(client, ben):
    cookie = try_to_sign_in(client, ben.email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_tls_the_cookie_travels_over_tls_alone(database):
    app = create_app({**database.settings, "PUBLIC_URL": "https://sharpshooter.larkspur.example"})
    answer = app.test_client().get("/sign-in", base_url="https://sharpshooter.larkspur.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"]
