"""Every setting once: name, default, unit and why. Read from the environment, never from code elsewhere."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLE_WORDS = ("change", "example", "insert", "password", "secret", "your")
SHORTEST_SECRET = 32
FEWEST_LETTERS = 8  # different ones: hexadecimal text of 32 letters has fewer once in a million
SECRET_FILE = "secret_key"  # noqa: S105 - the name of a file


class SettingError(ValueError):
    """A setting is missing or wrong; the message names it and the cure."""


@dataclass(frozen=True)
class Setting:
    """One setting: `name` as in the environment, `default` as text, `parse` to its type, `unit`, `why` it exists."""

    name: str
    default: str
    parse: Callable[[str], Any]
    unit: str
    why: str


def _flag(text: str) -> bool:
    """Read yes/no, true/false, 1/0; raise ValueError for anything else."""
    known = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
    return known[text.strip().lower()]


def _flag_or_empty(text: str) -> str:
    """Read yes/no as `_flag` does, and keep the text; empty stays empty."""
    if text:
        _flag(text)
    return text


def _count(text: str) -> int:
    """Read a whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _schedule(text: str) -> str:
    """Read the name of a schedule of practice."""
    if text not in {"fsrs", "ladder"}:
        raise ValueError(text)
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "MODE",
        "production",
        str,
        "production, development or testing",
        "Production refuses to start with a missing or example SECRET_KEY.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        str,
        f"text of at least {SHORTEST_SECRET} characters",
        "Signs cookies and form tokens. Make one with `MODE=development flask secret`. "
        "Empty: what stands in the file secret_key in INSTANCE_DIR, which `make run` makes.",
    ),
    Setting(
        "INSTANCE_DIR", "instance", str, "folder", "Where the embedded database, uploads and outgoing mail files lie."
    ),
    Setting(
        "DATABASE_URL",
        "",
        str,
        "SQLAlchemy address",
        "Empty: an SQLite file in INSTANCE_DIR. For PostgreSQL: postgresql://name:password@host/database.",
    ),
    Setting(
        "PUBLIC_URL",
        "http://127.0.0.1:5000",
        str,
        "address",
        "The address people use. Links in mail are made from it, never from what a browser claims.",
    ),
    Setting(
        "SECURE_COOKIES",
        "",
        _flag_or_empty,
        "yes, no or empty",
        "Empty: yes when PUBLIC_URL begins with https. Cookies then travel over TLS alone.",
    ),
    Setting("SESSION_HOURS", "12", _count, "hours", "A sign-in session ends after this time at the latest."),
    Setting("RESET_MINUTES", "60", _count, "minutes", "A link to choose a password works this long, and once."),
    Setting(
        "INVITATION_HOURS",
        "72",
        _count,
        "hours",
        "A link to choose a password that an owner sends works this long, and once.",
    ),
    Setting("UPLOAD_MEGABYTES", "512", _count, "MiB", "The largest file that a browser may hand in."),
    Setting(
        "FILE_MEGABYTES",
        "100",
        _count,
        "MiB",
        "The largest single file that a learner hands in or that a course shows; a question or task may ask for less.",
    ),
    Setting(
        "HASH_SLOTS",
        "2",
        _count,
        "number",
        "How many passwords are checked at once in one process; each takes about 46 MiB.",
    ),
    Setting(
        "SIGN_IN_TRIES",
        "10",
        _count,
        "tries in 15 minutes",
        "Per account; an address may try ten times as many, since an office shares one.",
    ),
    Setting("WEB_WORKERS", "2", _count, "processes", "Web server processes of `make run`."),
    Setting("WEB_THREADS", "4", _count, "threads", "Threads in each web server process; two to four is best."),
    Setting(
        "JOB_LEASE_SECONDS",
        "60",
        _count,
        "seconds",
        "A job whose worker has been silent this long is given to another.",
    ),
    Setting(
        "MAIL_URL",
        "file:",
        str,
        "file: or smtp://name:password@host:port",
        "Where mail goes. file: writes each message into INSTANCE_DIR/mail.",
    ),
    Setting("MAIL_FROM", "sharpshooter@company.example", str, "e-mail address", "The sender of mail."),
    Setting(
        "KEEP_TEXT",
        "no",
        _flag,
        "yes or no",
        "Whether the text of imported activity is kept. Off: only fingerprints are.",
    ),
    Setting(
        "SMALLEST_GROUP",
        "5",
        _count,
        "people",
        "Reports never show a figure about fewer people. May be raised, not lowered below 5.",
    ),
    Setting(
        "PRACTICE_SCHEDULE",
        "fsrs",
        _schedule,
        "fsrs or ladder",
        "When a question comes back in practice: by a model of memory, or after fixed days. Questions keep theirs.",
    ),
)


def load(environment: Mapping[str, str] | None = None, **overrides: Any) -> dict[str, Any]:
    """Return all settings by name, typed, from `environment` (default: the process's) and `overrides`.

    Raises SettingError naming the setting and the cure.
    """
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = source.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.parse(text)
        except (ValueError, KeyError):
            raise SettingError(f"{setting.name}={text!r} is not understood: it takes {setting.unit}.") from None
    values.update(overrides)
    return _checked(values, needs_secret=not is_a_command(source))


def is_a_command(environment: Mapping[str, str]) -> bool:
    """Whether this is a `flask` command that serves nobody: it signs nothing, so it needs no secret."""
    return environment.get("FLASK_RUN_FROM_CLI") == "true" and "run" not in sys.argv[1:2]


def _checked(values: dict[str, Any], *, needs_secret: bool) -> dict[str, Any]:
    if values["MODE"] not in {"production", "development", "testing"}:
        raise SettingError(f"MODE={values['MODE']!r} is not known: use production, development or testing.")
    if values["SMALLEST_GROUP"] < 5:
        raise SettingError("SMALLEST_GROUP may not be lower than 5: reports would show single people.")
    values["INSTANCE_DIR"] = str(Path(values["INSTANCE_DIR"]).resolve())
    secret = values["SECRET_KEY"] or _kept_secret(Path(values["INSTANCE_DIR"]))
    if values["MODE"] != "production" or (not needs_secret and not secret):
        values["SECRET_KEY"] = secret or secrets.token_hex(32)
    elif not is_real_secret(secret):
        raise SettingError(
            f"SECRET_KEY is missing, an example, or shorter than {SHORTEST_SECRET} characters. "
            "Make one with `flask secret` and set it in the environment."
        )
    else:
        values["SECRET_KEY"] = secret
    return values


def is_real_secret(secret: str) -> bool:
    """Whether a secret is long enough and not one that a guide or a template would show."""
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_LETTERS:
        return False
    return not any(word in secret.lower() for word in EXAMPLE_WORDS)


def _kept_secret(folder: Path) -> str:
    file = folder / SECRET_FILE
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def database_url(values: Mapping[str, Any]) -> str:
    """The address for SQLAlchemy: PostgreSQL through pg8000, or the SQLite file in the instance folder."""
    url = values["DATABASE_URL"]
    if not url:
        return f"sqlite:///{Path(values['INSTANCE_DIR']) / 'sharpshooter.db'}"
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+pg8000://" + url.removeprefix(scheme)
    if url.startswith(("sqlite:///", "postgresql+pg8000://")):
        return str(url)
    raise SettingError(f"DATABASE_URL={url.split(':')[0]}:... is not supported: use SQLite or PostgreSQL.")


def flask_config(values: Mapping[str, Any]) -> dict[str, Any]:
    """What Flask and its extensions need, made from our settings (`values` as from `load`)."""
    secure = values["SECURE_COOKIES"] or ("yes" if values["PUBLIC_URL"].startswith("https") else "no")
    return {
        **values,
        "TESTING": values["MODE"] == "testing",
        "SQLALCHEMY_DATABASE_URI": database_url(values),
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": values["MODE"] == "production"},  # no names in the log
        "MAX_CONTENT_LENGTH": values["UPLOAD_MEGABYTES"] * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_SECURE": _flag(secure),
        "SESSION_COOKIE_NAME": "__Host-session" if _flag(secure) else "session",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the sign-in session: a long quiz must not fail
        "WTF_CSRF_SSL_STRICT": False,  # behind a proxy the referrer may be cut; the token itself is the check
    }
