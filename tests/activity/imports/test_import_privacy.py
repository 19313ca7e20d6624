"""The words of a post are read for their fingerprint and then nowhere: not in the database, its log, or a file."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from activity.formats.fields import FileKind
from activity.imports import uploads
from activity.imports.operations import register
from activity.imports.reading import UnreadableError
from activity.models import Import
from db import Base, db, utcnow
from jobs.running import run_now

CANARY = "zanzibarquokka"


def places_with(app, word: str) -> list[str]:
    """Where a word can be found: tables by their rows as text, and every byte of the instance folder."""
    db.session.commit()
    found = []
    for name in Base.metadata.tables:
        for row in db.session.execute(db.text(f'SELECT * FROM "{name}"')):
            if word in repr(tuple(row)):
                found.append(name)
    db.session.commit()
    # Closing a file ends every lock that this process holds on it (POSIX), so SQLite must have none open here.
    db.session.remove()
    db.engine.dispose()
    for path in Path(app.config["INSTANCE_DIR"]).rglob("*"):
        if path.is_file() and word.encode() in path.read_bytes():
            found.append(path.name)
    return found


@pytest.fixture
def rows(event):
    words = f"One long text about the {CANARY} that nobody but its readers should ever find again"
    broken = {**event("a3", text=words), "person_id": "p-999"}
    future = event("a4", at="2091-01-01", text=words)
    return [event("a1", text=words), event("a2", text=CANARY), broken, future]


def test_nothing_of_a_text_is_kept_after_an_import(importing, app, rows):
    row = importing("activity", rows)
    assert (row.taken, row.rejected) == (2, 2)
    assert places_with(app, CANARY) == []


def test_nothing_of_a_broken_line_is_kept(importing, app):
    lines = (
        b"activity_id,at,person_id,verb,text\n"
        b'a1,2026-01-01,p-106,post,"never closed ' + CANARY.encode() + b"\n"
        b"zanzibarquokka,2026-01-01,p-106,post,a,b,c," + CANARY.encode() + b"\n" + CANARY.encode() + b"\n"
    )
    assert importing("activity", lines).rejected == 3
    assert places_with(app, CANARY) == []


def test_nothing_is_kept_of_a_column_that_is_not_read(importing, app, event):
    importing("activity", [event("a1", remark=CANARY)])
    assert places_with(app, CANARY) == []


def test_nothing_is_kept_of_a_supplied_text(importing, app):
    importing("library", [{"title": "Launch", "text": f"About the {CANARY}"}])
    assert places_with(app, CANARY) == []


def test_a_dry_run_from_the_command_line_leaves_nothing(importing, app, rows):
    importing("activity", rows, dry_run=True)
    assert places_with(app, CANARY) == []


def test_the_word_would_be_found_where_words_are_kept(importing, app, event):
    """With a word of its own, since the database's log remembers it for a while."""
    app.config["KEEP_TEXT"] = True
    importing("activity", [event("a1", text="keptquokka")])
    assert "event_text" in places_with(app, "keptquokka")


def test_an_upload_that_nobody_imports_is_deleted_after_a_week(importing, app, event):
    """The upload itself is the one place with the words; it goes with the import, or then."""
    with importing.file("activity", [event("a1", text=CANARY)]).open("rb") as stream:
        stored = uploads.store(stream)
    row = register(FileKind.ACTIVITY, "forum", stored, "x.csv", actor_id=None, at=utcnow())
    db.session.commit()
    run_now("activity.tidy", {}, actor_id=None, at=utcnow())
    assert uploads.path_of(stored.name).exists()
    old = utcnow() - timedelta(days=8)
    os.utime(uploads.path_of(stored.name), (old.timestamp(), old.timestamp()))
    db.session.execute(db.update(Import).where(Import.id == row.id).values(created_at=old))
    db.session.commit()
    run_now("activity.tidy", {}, actor_id=None, at=utcnow())
    assert places_with(app, CANARY) == []


def test_a_file_that_cannot_be_read_is_not_kept(importing, app):
    with pytest.raises(UnreadableError, match="No column is read as “Employee, by id”"):
        importing("activity", b"activity_id,at,verb\n" + CANARY.encode() + b",2026-01-01,post\n")
    assert list(uploads.folder().iterdir()) == []
    assert places_with(app, CANARY) == []


def test_private_conversations_are_refused_by_the_name_of_their_channel(importing, event):
    row = importing("activity", [event("a1", channel="dm-anna"), event("a2", channel="forum")])
    assert importing.rejections(row) == [(2, "channel", "Named like a private conversation")]
