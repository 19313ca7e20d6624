"""A file as it is served: safely, and to those alone who may read it."""

import pytest

from db import db
from tests.support.handed_in import handed_in, picture


@pytest.fixture(autouse=True)
def own_folder(app, tmp_path):
    app.config["INSTANCE_DIR"] = str(tmp_path)


def served(client, row):
    return client.get(f"/files/{row.id}")


def test_a_document_is_handed_out_and_never_opened_as_a_page(cast, client_of):
    row = handed_in(cast.ben, b"<html><script>alert(1)</script></html>", "page.html")
    answer = served(client_of(cast.ben), row)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == "attachment; filename=page.html.txt"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_picture_is_shown_in_place(cast, client_of):
    answer = served(client_of(cast.ben), handed_in(cast.ben, picture(), "me.png"))
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_a_part_of_a_film_may_be_asked_for(cast, client_of):
    row = handed_in(cast.ben, b"\x00\x00\x00\x18ftypisom" + bytes(1000), "talk.mp4")
    answer = client_of(cast.ben).get(f"/files/{row.id}", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, len(answer.data)) == (206, 10)


def test_others_find_nothing(cast, client_of, client):
    row = handed_in(cast.ben)
    assert served(client_of(cast.carla), row).status_code == 404
    assert served(client, row).status_code == 302
    assert served(client_of(cast.ben), row).status_code == 200


def test_a_content_that_is_gone_is_nothing_to_be_found(cast, client_of):
    row = handed_in(cast.ben)
    row.digest = "0" * 64
    db.session.flush()
    assert served(client_of(cast.ben), row).status_code == 404
