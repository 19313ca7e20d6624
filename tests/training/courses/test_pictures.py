"""Pictures of a course: read from its folder, checked with their question, kept once, served as pictures."""

from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from db import db
from tests.support.cast import NOW
from tests.support.every_kind import HOT_SPOT, PICTURE, every_kind, png
from tests.support.learning import begin, make_school, question_at
from tests.support.small_course import small_course as course_of_every_kind
from tests.support.small_course import with_change
from tests.training.rules.course_files.courses import small_course
from training.courses.loading import CourseNotLoadedError, load_course
from training.courses.pictures import with_kept_pictures
from training.exchange.models import Picture
from training.rules.course_files.picture_files import read_pictures
from training.rules.course_files.reader import read_course

QUESTION = "01-listen/questions/01-who.md"
HEAD = """---
kind: hot_spot
about: how
picture: pictures/shop-page.png
description: A page of the shop.
width: {width}
height: 200
areas:
  - text: The photograph
    box: [10, 10, 140, 120]
  - text: The box for questions
    circle: [250, 150, 40]
    right: true
---

Where do customers ask?
"""
NAME = f"pictures/{sha256(png()).hexdigest()}.png"


def folder(tmp_path, width=320, **files):
    return small_course(tmp_path, **{QUESTION: HEAD.format(width=width), PICTURE: png(), **files})


@pytest.mark.one_database
def test_a_picture_of_the_folder_is_read_with_its_question(tmp_path):
    course = folder(tmp_path)
    assert not isinstance(read_course(course), list)
    assert read_pictures(course).files == {PICTURE: png()}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("width", "files", "told"),
    [
        (320, {PICTURE: None}, f"{QUESTION}:4: picture: There is no picture “pictures/shop-page.png”."),
        (300, {}, f"{QUESTION}:6: width: The picture has 320 by 200 pixels."),
        (320, {PICTURE: b"<svg/>"}, "pictures/shop-page.png:1: This is no picture of the kind that its name says."),
        (320, {"pictures/other.gif": png()}, "pictures/other.gif:1: This is no picture of the kind that its name"),
    ],
)
def test_what_is_wrong_with_a_picture_is_named_with_file_and_line(tmp_path, width, files, told):
    found = read_course(folder(tmp_path, width, **files))
    assert any(str(one).startswith(told) for one in found), found


def test_a_picture_is_kept_once_by_what_it_holds(app, tmp_path):
    text = read_course(folder(tmp_path))
    for _ in range(2):
        kept = with_kept_pictures(text, read_pictures(tmp_path / "talk").files)
        load_course(kept, NOW)
    assert kept.modules[0].questions[0].specification["picture"] == NAME
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 1


def test_a_hot_spot_without_its_picture_is_not_loaded(app):
    wanting = with_change(course_of_every_kind(), "answer", "numeric", specification=HOT_SPOT)
    with pytest.raises(CourseNotLoadedError, match=r"'numeric' of module 'answer' shows 'pictures/shop-page.png'"):
        load_course(wanting, NOW)
    named = replace(wanting, slug="other")
    kept = with_change(named, "answer", "numeric", specification={**HOT_SPOT, "picture": f"pictures/{'0' * 64}.png"})
    with pytest.raises(CourseNotLoadedError, match="not here"):
        load_course(kept, NOW)


def test_a_hot_spot_is_a_list_beside_a_picture_and_its_picture_is_served(cast, client_of):
    school = make_school(cast, every_kind())
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    position = question_at(attempt_id, "hot_spot")
    db.session.commit()
    ben = client_of(cast.ben)
    text = ben.get(f"/attempts/{attempt_id}/{position}").text
    assert f'href="/{NAME}"' in text
    assert text.count('type="radio" name="answer"') == 3
    answer = ben.get(f"/{NAME}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", png())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
