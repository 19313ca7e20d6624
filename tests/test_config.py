"""Settings: read once, checked, and each error names the setting and the cure."""

import pytest

from app import create_app
from config import SETTINGS, SettingError, database_url, flask_config, is_real_secret, load

REAL = "7f3a91c2d8e4b6058f1e2d3c4b5a69788796a5b4c3d2e1f0"


def test_the_defaults_are_sound():
    values = load({"SECRET_KEY": REAL})
    assert set(values) == {setting.name for setting in SETTINGS}
    assert (values["MODE"], values["SMALLEST_GROUP"], values["KEEP_TEXT"]) == ("production", 5, False)


@pytest.mark.parametrize(
    "secret",
    ["", "dev", "secret", "change-me", "x" * 40, "change-me-change-me-change-me-change-me", REAL[:31],
     "your-secret-key-here-0123456789abcdef", "an example of a secret, long enough to pass"],
)  # fmt: skip
def test_production_refuses_to_start_with_a_missing_or_example_secret(secret, tmp_path):
    assert not is_real_secret(secret)
    with pytest.raises(SettingError, match=r"SECRET_KEY .*Make one with"):
        create_app({"MODE": "production", "SECRET_KEY": secret, "INSTANCE_DIR": str(tmp_path)})


def test_a_command_that_serves_nobody_needs_no_secret(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.argv", ["flask", "champions", "rank"])
    environment = {"INSTANCE_DIR": str(tmp_path), "FLASK_RUN_FROM_CLI": "true"}
    assert load(environment)["SECRET_KEY"]
    monkeypatch.setattr("sys.argv", ["flask", "run"])
    with pytest.raises(SettingError, match="SECRET_KEY"):
        load(environment)


def test_the_secret_of_the_instance_is_used_when_none_is_given(tmp_path):
    (tmp_path / "secret_key").write_text(REAL + "\n")
    assert load({"INSTANCE_DIR": str(tmp_path)})["SECRET_KEY"] == REAL
    assert load({"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": REAL[::-1]})["SECRET_KEY"] == REAL[::-1]
    (tmp_path / "secret_key").write_text("dev")
    with pytest.raises(SettingError, match="SECRET_KEY"):
        load({"INSTANCE_DIR": str(tmp_path)})


def test_elsewhere_a_secret_is_made_up_each_time(tmp_path):
    made = {load({"MODE": mode, "INSTANCE_DIR": str(tmp_path)})["SECRET_KEY"] for mode in ("development", "testing")}
    assert len(made) == 2
    assert all(is_real_secret(secret) for secret in made)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "staging"),
        ("WEB_WORKERS", "two"),
        ("WEB_WORKERS", "0"),
        ("JOB_LEASE_SECONDS", "-1"),
        ("HASH_SLOTS", ""),
        ("KEEP_TEXT", "maybe"),
        ("SECURE_COOKIES", "perhaps"),
        ("SMALLEST_GROUP", "4"),
    ],
)
def test_a_wrong_value_is_named(name, value):
    with pytest.raises(SettingError, match=name):
        load({"SECRET_KEY": REAL, name: value})


@pytest.mark.parametrize(
    ("url", "public"),
    [("mysql://root:hunter2@db/a", "mysql"), ("oracle+cx://a:hunter2@b/c", "oracle")],
)
def test_a_database_that_is_not_supported_is_named_without_its_password(url, public):
    with pytest.raises(SettingError, match=public) as raised:
        database_url({"DATABASE_URL": url, "INSTANCE_DIR": "a"})
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("url", ["postgres://a:b@c/d", "postgresql://a:b@c/d", "postgresql+pg8000://a:b@c/d"])
def test_postgresql_is_reached_by_one_driver(url):
    assert database_url({"DATABASE_URL": url, "INSTANCE_DIR": "a"}) == "postgresql+pg8000://a:b@c/d"


@pytest.mark.parametrize(
    ("public_url", "secure_cookies", "secure"),
    [
        ("http://127.0.0.1:5000", "", False),
        ("https://a.example", "", True),
        ("http://a.example", "yes", True),
        ("https://a.example", "no", False),
    ],
)
def test_cookies_travel_over_tls_alone_where_there_is_tls(public_url, secure_cookies, secure):
    given = {"SECRET_KEY": REAL, "PUBLIC_URL": public_url, "SECURE_COOKIES": secure_cookies}
    made = flask_config(load(given))
    assert made["SESSION_COOKIE_SECURE"] is secure
    assert made["SESSION_COOKIE_NAME"].startswith("__Host-") is secure
