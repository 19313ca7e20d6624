"""Test clients: signed in without a password, with form tokens, each request in a context of its own."""

import secrets
from contextvars import Context
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from db import db, utcnow
from people.models import Employee
from people.sign_in.operations import begin_session

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


class HouseClient(FlaskClient):
    """Commits what the test prepared, sends the request in a fresh context, and lets the test read anew.

    A changing request carries a valid form token; `csrf=False` leaves it out. Not for use with `with client:`.
    """

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Send one request."""
        if csrf and kwargs.get("method", "GET") in CHANGING:
            headers = dict(kwargs.pop("headers", None) or {})
            kwargs["headers"] = {"X-CSRFToken": self._form_token(kwargs.get("base_url")), **headers}
        db.session.commit()
        answer = Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        return answer

    def _form_token(self, base_url: str | None) -> str:
        app, name = self.application, self.application.config["SESSION_COOKIE_NAME"]
        host = urlsplit(base_url or "http://localhost").hostname or ""
        cookie = self.get_cookie(name, domain=host)
        content = _signer(app).loads(cookie.value) if cookie and cookie.value else {}
        if "csrf_token" not in content:
            content["csrf_token"] = secrets.token_hex(20)
            self.set_cookie(name, _signer(app).dumps(content), domain=host)
        return URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(content["csrf_token"])


class HouseRunner(FlaskCliRunner):
    """Runs a command as its own process would: in a fresh context, after what the test prepared is committed."""

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        """Run one command; an unexpected error is raised unless `catch_exceptions=True`."""
        db.session.commit()
        kwargs.setdefault("catch_exceptions", False)
        result = Context().run(super().invoke, *args, **kwargs)
        db.session.expire_all()
        return result


def session_cookie(app: Flask, employee_id: int) -> str:
    """The value of the cookie of somebody who has just signed in, without the cost of checking a password."""
    employee = db.session.get_one(Employee, employee_id)
    token = begin_session(employee, at=utcnow(), hours=1, browser="test")
    db.session.commit()
    return _signer(app).dumps({"_user_id": token, "_fresh": True})


def _signer(app: Flask) -> Any:
    return app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
