"""Files are stored by content; what may not be is refused with the cure; what nothing uses goes."""

import io
import os
from datetime import timedelta

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from db import db
from tests.support.cast import NOW
from tests.support.handed_in import handed_in, picture
from training.files import operations, pictures, tidying
from training.files.models import StoredFile
from training.files.operations import FileRefusedError, content_path


@pytest.fixture(autouse=True)
def own_folder(app, tmp_path):
    app.config["INSTANCE_DIR"] = str(tmp_path)


def contents():
    return sorted(path.name for path in operations.files_folder().rglob("*") if path.is_file())


def test_a_file_is_stored_by_its_content_and_its_row_says_whose_it_is(cast):
    row = handed_in(cast.ben, b"Hello", "Hello.md")
    assert content_path(row.digest).read_bytes() == b"Hello"
    assert (row.owner_id, row.name, row.media_type, row.size) == (cast.ben.id, "Hello.md", "text/plain", 5)
    assert row.kept_at is None


def test_one_content_is_stored_once_for_two_people(cast):
    rows = [handed_in(person, b"Hello", "a.txt") for person in (cast.ben, cast.carla)]
    assert rows[0].digest == rows[1].digest
    assert contents() == [rows[0].digest]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\x7fELF", "holds none of"), (b"x" * (1024 * 1024 + 1), "larger than 1 MiB")],
    ids=["empty", "program", "large"],
)
def test_what_may_not_be_stored_is_refused_with_the_cure_and_leaves_nothing(app, cast, content, words):
    app.config["FILE_MEGABYTES"] = 1
    with pytest.raises(FileRefusedError, match=words):
        handed_in(cast.ben, content)
    assert contents() == []
    assert db.session.query(StoredFile).count() == 0


def test_a_content_that_was_not_asked_for_is_refused_whatever_its_name(cast):
    with pytest.raises(FileRefusedError, match="holds none of: pdf"):
        operations.store(io.BytesIO(b"text"), "a.pdf", ["pdf"], NOW, shelf="answer", owner_id=cast.ben.id)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_without_what_else_was_in_it(cast, form):
    extra = {}
    if form == "PNG":
        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_text("Comment", "taken at home")
    if form in ("JPEG", "WEBP"):
        exif = Image.Exif()
        exif[0x010E] = "taken at home"
        extra["exif"] = exif
    if form == "GIF":
        extra["comment"] = b"taken at home"
    content = picture(form, **extra) + b"<script>taken at home</script>"
    row = handed_in(cast.ben, content, "me.png")
    stored = content_path(row.digest).read_bytes()
    assert b"taken at home" not in stored
    assert b"script" not in stored
    assert Image.open(io.BytesIO(stored)).size == (8, 6)


def test_a_picture_that_lies_on_its_side_is_set_upright(cast):
    exif = Image.Exif()
    exif[0x0112] = 6
    row = handed_in(cast.ben, picture("JPEG", exif=exif), "me.jpg")
    assert Image.open(content_path(row.digest)).size == (6, 8)


@pytest.mark.parametrize("size", [(9000, 9000), (7000, 6000)])
def test_a_picture_that_unfolds_to_too_many_pixels_is_refused_unread(cast, size):
    with pytest.raises(FileRefusedError, match="pixels"):
        handed_in(cast.ben, picture("PNG", size, "L"), "bomb.png")
    assert contents() == []


def test_a_broken_picture_is_refused(cast):
    with pytest.raises(FileRefusedError, match="broken"):
        handed_in(cast.ben, picture("PNG")[:40], "half.png")


def test_a_large_picture_becomes_smaller(cast, monkeypatch):
    monkeypatch.setattr(pictures, "LONGEST_EDGE", 4)
    row = handed_in(cast.ben, picture("PNG"), "wide.png")
    assert Image.open(content_path(row.digest)).size == (4, 3)


def test_a_file_that_nothing_uses_goes_after_a_day_and_its_content_with_the_next_run(cast):
    unused, used = handed_in(cast.ben, b"unused"), handed_in(cast.ben, b"used")
    operations.keep([used.id], NOW)
    for row in (unused, used):
        os.utime(content_path(row.digest), (NOW.timestamp(), NOW.timestamp()))
    assert tidying.tidy(NOW) == 0
    assert db.session.query(StoredFile).count() == 2
    tidying.tidy(NOW + timedelta(days=1))
    assert [row.id for row in db.session.query(StoredFile)] == [used.id]
    assert tidying.tidy(NOW + timedelta(days=2)) == 1
    assert contents() == [used.digest]
    operations.release([used.id])
    tidying.tidy(NOW + timedelta(days=3))
    assert tidying.tidy(NOW + timedelta(days=3)) == 1
    assert contents() == []


def test_a_content_that_is_just_being_stored_again_is_left_alone(cast):
    gone = handed_in(cast.ben, b"again")
    os.utime(content_path(gone.digest), (NOW.timestamp(), NOW.timestamp()))
    db.session.delete(gone)
    handed_in(cast.carla, b"again")
    db.session.query(StoredFile).delete()  # as if the row were not committed yet
    assert tidying.tidy(NOW + timedelta(hours=1)) == 0
    assert len(contents()) == 1
