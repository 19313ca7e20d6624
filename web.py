"""What every page shares: headers, error pages, words for numbers and dates, paging. Knows no feature."""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, Response, abort, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from db import db
from languages import name_of, names_of

Row = TypeVar("Row")
PAGE_SIZE = 50
LARGEST_ID = 2**31 - 1
"""The largest id that a row can have; what is larger names nothing, and a database would complain about it."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; media-src 'self'"
)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a long list: its rows, which page it is (from 1), and how many rows and pages there are in all."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row on this page, from 1; 0 when there are none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.number * self.size, self.total)

    def address(self, number: int) -> str:
        """The query string of another page, keeping search and filters."""
        kept = [(key, value) for key, value in request.args.items(multi=True) if key != "page"]
        return "?" + urlencode([*kept, ("page", str(number))])


def page_number() -> int:
    """Which page the address asks for; 1 when it is missing or nonsense."""
    return min(max(request.args.get("page", 1, type=int) or 1, 1), 1_000_000)


def id_argument(name: str) -> int | None:
    """The id of a row that the address gives as `name`; None when it is missing or can be none."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST_ID else None


def in_words(number: int) -> str:
    """A small whole number as a word ("seven"), a larger one in figures with separators."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else f"{number:,}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: count(1, "person", "people") is "1 person"."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"


def day(value: date | datetime | None, zone: tzinfo | None = None) -> str:
    """A day in words: "23 November 2026". Empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime) and zone is not None:
        value = value.astimezone(zone)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: datetime, zone: tzinfo | None = None) -> str:
    """A day in a narrow column: "23 Nov"."""
    local = value.astimezone(zone) if zone else value
    return f"{local.day} {MONTHS[local.month - 1][:3]}"


def moment(value: datetime | None, zone: tzinfo | None = None) -> str:
    """A day and a time in words: "23 November 2026, 10:05". Empty for None; UTC without a zone."""
    if value is None:
        return ""
    local = value.astimezone(zone) if zone else value
    return f"{day(local)}, {local:%H:%M}"


def zone_of(name: str) -> tzinfo:
    """The time zone of this IANA name; UTC when it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def nice_top(value: float) -> float:
    """The end of an axis that holds `value`: 1, 2, 2.5 or 5 times a power of ten, so that its labels are short."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if value <= step * power * (1 + 1e-9))


def percent(share: float) -> str:
    """A share as whole percent: 0.714 is "71 %"."""
    return f"{100 * share:.0f} %"


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    text = str(value) if value is not None else ""
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


ERRORS = {
    400: ("This form came from a page that is no longer valid.",
          "Go back, load the page again and send it once more. Nothing was changed."),
    403: ("You may not open this page.", "Your roles do not include it. If they should, ask the programme owner."),
    404: ("There is nothing at this address.", "It may have moved or ended, or it is not yours to see."),
    405: ("This address does not work that way.", "Go back and use the button on the page."),
    409: ("Somebody else changed this in the meantime.", "Load the page again to see how it stands now."),
    413: ("This file is too large.", "Compress it with gzip, or cut it into several files: each is imported once."),
    429: ("Too many tries in a short time.", "Wait fifteen minutes, then try again."),
    500: ("Something went wrong on our side.",
          "Nothing was half-saved. Try again; if it stays, tell the owner this id."),
}  # fmt: skip


class RowIdConverter(IntegerConverter):
    """A whole number in an address, no larger than an id can be: beyond that the page is not there."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_ID, **kwargs})


def install(app: Flask) -> None:
    """Bind headers, error pages and template words to the application."""
    app.url_map.converters["int"] = RowIdConverter
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)
    for code in ERRORS:
        app.register_error_handler(code, _error_page)
    app.register_error_handler(CSRFError, lambda error: _page_for(400))
    app.register_error_handler(Exception, _unexpected)
    app.jinja_env.filters.update(
        languages=lambda codes: ", ".join(names_of(codes)),
        language=name_of,
        day=day,
        short_day=short_day,
        moment=moment,
        percent=percent,
        in_words=in_words,
    )
    app.jinja_env.globals.update(count=count, in_words=in_words, nice_top=nice_top, pages=app.view_functions)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _refuse_nul() -> None:
    """Refuse a character that no form sends and that PostgreSQL cannot store."""
    if any("\x00" in value for _, value in request.values.items(multi=True)):
        abort(400)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static":
        headers["Cache-Control"] = "public, max-age=86400"
    else:
        headers.setdefault("Cache-Control", "no-store")
    return response


def _error_page(error: HTTPException) -> tuple[str, int]:
    return _page_for(error.code or 500)


def _page_for(code: int, error_id: str | None = None) -> tuple[str, int]:
    title, cure = ERRORS[code]
    return render_template("error.html", code=code, title=title, cure=cure, error_id=error_id), code


def _unexpected(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return _error_page(error) if error.code in ERRORS else error
    if current_app.config.get("PROPAGATE_ERRORS"):
        raise error
    error_id = secrets.token_hex(4)
    current_app.logger.exception("error %s at %s", error_id, request.path)
    db.session.rollback()  # the page itself reads, which a transaction that has failed refuses
    return _page_for(500, error_id)
