"""What people see when the database refuses something that no code expected."""

import logging

from sqlalchemy import text

from db import db
from training.learning import portal_queries


def test_after_a_failed_statement_the_error_page_still_comes(app, cast, client_of, monkeypatch):
    app.config["PROPAGATE_ERRORS"] = False
    monkeypatch.setattr(logging.getLogger(app.name), "disabled", True)
    monkeypatch.setattr(portal_queries, "question_for", lambda _: db.session.execute(text("SELECT nonsense")))
    answer = client_of(cast.ben).get("/portal")
    assert answer.status_code == 500
    assert "Nothing was half-saved" in answer.text
