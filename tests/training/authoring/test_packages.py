"""A draft and a folder of files are the same course: out of one, into the other, and nothing is lost."""

import io
import re

import pytest
from hypothesis import HealthCheck, given, settings

from db import db
from tests.support.cast import NOW
from tests.support.small_course import small_course
from tests.support.written import draft_by
from tests.training.rules.course_files.courses import PICTURES, courses
from training.authoring.models import CourseDraft
from training.authoring.operations import By, begin_draft, text_at
from training.courses.loading import load_course
from training.rules.authoring.editing import put
from training.rules.authoring.part_forms import filled
from training.rules.authoring.places import COURSE, Part, Place
from training.rules.course_files.packing import packed_course, pictures_in, read_package
from training.rules.course_files.reader import read_course


@pytest.fixture
def draft(cast):
    return draft_by(cast.amara)


def sent(data: bytes, name: str = "course.zip") -> dict:
    return {"file": (io.BytesIO(data), name)}


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(course=courses())
@pytest.mark.one_database
def test_a_draft_exported_and_imported_is_equal(cast, course):
    draft = begin_draft(course, By(cast.amara.id, NOW))
    text = text_at(draft)
    again = begin_draft(read_package(packed_course(text, PICTURES)), By(cast.amara.id, NOW))
    assert vars(text_at(again)) | {"slug": text.slug} == vars(text)
    db.session.rollback()


def test_a_draft_is_downloaded_changed_and_uploaded_again(draft, cast, client_of):
    amara, here = client_of(cast.amara), f"/write/{draft.id}"
    before = amara.get(f"{here}/download")
    assert before.mimetype == "application/zip"
    changed = put(read_package(before.data), COURSE, title="Closing well")
    assert amara.post(f"{here}/upload", data=sent(packed_course(changed))).location == here
    now = db.session.get_one(CourseDraft, draft.id)
    assert text_at(now) == changed
    assert (now.slug, now.title) == ("closing-a-talk", "Closing well")
    amara.post(here, data={"do": "undo"})
    assert read_package(amara.get(f"{here}/download").data) == read_package(before.data)


def test_a_folder_becomes_a_new_draft(cast, client_of):
    amara = client_of(cast.amara)
    there = amara.post("/write/upload", data=sent(packed_course(small_course()))).location
    assert read_package(amara.get(f"{there}/download").data) == small_course()


@pytest.mark.parametrize(("data", "said"), [(b"", "Choose a zip file."), (b"no zip", "no zip file that can be read")])
def test_what_cannot_be_read_is_told_and_changes_nothing(draft, cast, client_of, data, said):
    for address in ("/write/upload", f"/write/{draft.id}/upload"):
        answer = client_of(cast.amara).post(address, data=sent(data))
        assert (answer.status_code, said in answer.text) == (422, True)
    assert db.session.get_one(CourseDraft, draft.id).last_number == 1


def test_faults_are_told_by_file_and_line(cast, client_of):
    broken = packed_course(put(small_course(), COURSE, title=""))
    answer = client_of(cast.amara).post("/write/upload", data=sent(broken))
    assert answer.status_code == 422
    assert "course.md, line 2" in answer.text


def test_a_published_course_is_written_as_files(cast, cli, tmp_path):
    load_course(small_course(), NOW)
    done = cli.invoke(args=["training", "export", "small-talk", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert read_course(tmp_path / "small-talk") == small_course()
    again = cli.invoke(args=["training", "export", "small-talk", str(tmp_path)])
    assert (again.exit_code, "Nothing was written over" in again.output) == (1, True)
    assert cli.invoke(args=["training", "export", "small-talk", str(tmp_path), "--version", "9"]).exit_code == 1
    assert cli.invoke(args=["training", "export", "none", str(tmp_path)]).exit_code == 1


def test_a_picture_is_drawn_anew_and_goes_out_and_in_with_the_files(draft, cast, client_of):
    amara, here = client_of(cast.amara), f"/write/{draft.id}"
    page = f"{here}/modules/listen/lessons/hear"
    picture = {"file": (io.BytesIO(PICTURES["pictures/shop-page.png"]), "x.png"), "words": "A shop", "back": page}
    assert amara.post(f"{here}/pictures", data=picture).location == page
    told = amara.get(page).text
    written = re.search(r"!\[A shop\]\(/pictures/[0-9a-f]{64}\.png\)", told)[0]
    place = Place(Part.LESSON, "listen", "hear")
    amara.post(page, data=filled(text_at(draft), place) | {"text": f"See:\n\n{written}"})
    data = amara.get(f"{here}/download").data
    assert len(pictures_in(data)) == 1
    there = amara.post("/write/upload", data=sent(data)).location
    again = db.session.get_one(CourseDraft, int(there.rpartition("/")[2]))
    assert text_at(again).modules == text_at(db.session.get_one(CourseDraft, draft.id)).modules


@pytest.mark.parametrize(("data", "said"), [(b"", "Choose a picture."), (b"<svg/>", "no picture of a kind")])
def test_what_is_no_picture_is_told(draft, cast, client_of, data, said):
    amara = client_of(cast.amara)
    there = amara.post(f"/write/{draft.id}/pictures", data={**sent(data, "x.png"), "back": "https://elsewhere.example"})
    assert there.location == f"/write/{draft.id}"
    assert said in amara.get(there.location).text
