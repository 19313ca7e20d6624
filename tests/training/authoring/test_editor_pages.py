"""The pages of the editor: from a title to a published module, and every refusal on the way."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db import db
from tests.support.cast import NOW
from tests.support.small_course import small_course
from tests.support.written import draft_by
from training.authoring.models import CourseDraft
from training.authoring.operations import text_at
from training.courses.loading import load_course
from training.models import Course
from training.rules.authoring.part_forms import filled
from training.rules.authoring.places import COURSE, Part, Place
from training.rules.kinds.catalogue import KINDS

LESSON = "/modules/listen/lessons/hear"


@pytest.fixture
def draft(cast):
    return draft_by(cast.amara)


@pytest.fixture
def amara(cast, client_of):
    return client_of(cast.amara)


def text_of(draft):
    return text_at(db.session.get_one(CourseDraft, draft.id))


def lesson_form(draft, **changes):
    place = Place(Part.LESSON, "listen", "hear")
    return filled(text_of(draft), place) | {"base": str(draft.last_number)} | changes


def test_who_begins_sees_what_to_do_first(amara):
    assert "Begin with a title" in amara.get("/write").text
    answer = amara.post("/write", data={"title": " "})
    assert answer.status_code == 422
    assert "Give the course a title" in answer.text


def test_a_trainer_writes_a_module_with_a_quiz_and_publishes_it(amara):
    begun = amara.post("/write", data={"title": "Answering complaints"})
    here = begun.location
    assert "Add the first module" in amara.get(here).text
    assert amara.post(here, data={"do": "module", "title": "Listen first"}).location == f"{here}/modules/listen-first"
    module = f"{here}/modules/listen-first"
    amara.post(module, data={"title": "Listen first", "aim": "say what was meant", "minutes": "10", "why": "It pays."})
    lesson = amara.post(here, data={"do": "lesson", "module": "listen-first", "title": "Read it twice"}).location
    amara.post(lesson, data={"title": "Read it twice", "minutes": "4", "text": "Read it **twice**."})
    question = amara.post(f"{module}/questions", data={"kind": "true_false"}).location
    amara.post(question, data={"prompt": "Once is enough.", "about": "how", "right": "false", "weight": "1"})
    told = amara.get(f"{here}/publish").text
    assert "One thing is to be mended" in told
    assert "Summary: A text is missing." in told
    assert amara.post(f"{here}/publish").status_code == 422
    amara.post(f"{here}/course", data={"title": "Answering complaints", "summary": "How.", "language": "en",
                                       "audience": "everyone", "pass_mark": "70"})  # fmt: skip
    assert amara.post(f"{here}/publish", data={"note": "First."}).location == here
    course = db.session.scalars(select(Course)).one()
    assert (course.slug, course.pass_mark) == ("answering-complaints", 0.7)
    assert "Learners see it as it stands here." in amara.get(here).text


def test_a_part_saved_by_its_page_says_when(draft, amara):
    answer = amara.post(
        f"/write/{draft.id}{LESSON}", data=lesson_form(draft, text="New."), headers={"Accept": "application/json"}
    )
    assert answer.json["number"] == 2
    assert text_of(draft).modules[0].lessons[0].text == "New."


def test_the_second_of_two_authors_sees_both_and_may_put_theirs_over(draft, amara, cast, client_of):
    amara.post(f"/write/{draft.id}{LESSON}", data=lesson_form(draft, text="Hers alone."))
    petra, form = client_of(cast.petra), lesson_form(draft, text="Mine alone.", base="1")
    quiet = petra.post(f"/write/{draft.id}{LESSON}", data=form, headers={"Accept": "application/json"})
    assert (quiet.status_code, "Amara Quillfeather changed this" in quiet.json["error"]) == (409, True)
    told = petra.post(f"/write/{draft.id}{LESSON}", data=form)
    assert told.status_code == 409
    assert "Hers alone." in told.text
    assert "Mine alone." in told.text
    assert text_of(draft).modules[0].lessons[0].text == "Hers alone."
    petra.post(f"/write/{draft.id}{LESSON}", data=form | {"base": "2"})
    assert text_of(draft).modules[0].lessons[0].text == "Mine alone."


def test_what_is_wrong_stands_beside_its_field(draft, amara):
    saved = amara.post(f"/write/{draft.id}{LESSON}", data=lesson_form(draft, minutes="soon", text=""))
    told = amara.get(saved.location).text
    assert "Two things are to be mended here." in told
    assert 'id="minutes-err"' in told
    assert 'id="text-err"' in told
    assert "2 to mend" in amara.get(f"/write/{draft.id}").text


def test_rows_of_a_question_come_and_go_without_script(draft, amara):
    address = f"/write/{draft.id}/modules/listen/questions/single-choice"
    form = filled(text_of(draft), Place(Part.QUESTION, "listen", "single-choice"))
    more = amara.post(address, data=form | {"more": "choices"}).location
    assert 'name="choices-5-text"' in amara.get(more).text
    amara.post(address, data=form | {"remove": "choices-1"})
    amara.post(
        address, data=filled(text_of(draft), Place(Part.QUESTION, "listen", "single-choice")) | {"up": "choices-1"}
    )
    question = text_of(draft).modules[0].questions[0]
    assert [one["text"] for one in question.specification["choices"]] == [
        "What is quickly said",
        "What the person needs",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_chosen_and_opened(draft, amara, kind):
    there = amara.post(f"/write/{draft.id}/modules/answer/questions", data={"kind": kind}).location
    assert KINDS[kind].title in amara.get(there).text


def test_every_question_of_a_course_is_shown_as_learners_see_it(draft, amara):
    for question in text_of(draft).modules[0].questions:
        page = amara.get(f"/write/{draft.id}/modules/listen/questions/{question.slug}")
        assert "shown here once it is complete" not in page.text


def test_the_whole_draft_is_shown_as_learners_see_it(draft, amara):
    page = amara.get(f"/write/{draft.id}/look").text
    assert page.count("Try it this week.") == 3
    assert page.count("What the person needs") >= 2
    assert "shown here once it is complete" not in page


def test_parts_are_moved_and_removed_with_a_way_back(draft, amara):
    here = f"/write/{draft.id}"
    amara.post(here, data={"do": "down", "part": "module/listen/"})
    assert [one.slug for one in text_of(draft).modules] == ["answer", "listen"]
    amara.post(here, data={"do": "remove", "part": "lesson/listen/hear"})
    assert "“Undo” brings it back." in amara.get(here).text
    amara.post(here, data={"do": "undo"})
    amara.post(here, data={"do": "undo"})
    assert text_of(draft).modules == small_course().modules
    amara.post(here, data={"do": "undo"})
    assert "There is nothing to undo." in amara.get(here).text
    amara.post(here, data={"do": "redo"})
    assert [one.slug for one in text_of(draft).modules] == ["answer", "listen"]
    amara.post(here, data={"do": "dance"})
    assert "Nothing was done" in amara.get(here).text
    assert amara.post(here, data={"do": "up", "part": "riddle/x"}).status_code == 400


def test_the_history_says_who_changed_what(draft, amara):
    amara.post(f"/write/{draft.id}{LESSON}", data=lesson_form(draft, text="## To hear\n\nTry it today."))
    assert "Amara Quillfeather changed lesson “How to hear”" in amara.get(f"/write/{draft.id}/history").text
    step = amara.get(f"/write/{draft.id}/history/2").text
    assert "<del> this week.</del><ins> today.</ins>" in step
    assert amara.get(f"/write/{draft.id}/history/99").status_code == 404


def test_a_preview_is_cleaned_and_stores_nothing(draft, amara):
    shown = amara.post("/write/preview", data={"shown-part": "lesson", "text": "<script>x</script> **bold**"})
    assert "<script>" not in shown.text
    assert "<strong>bold</strong>" in shown.text
    assert draft.last_number == 1


def test_a_co_author_may_write_and_others_may_not(draft, amara, cast, client_of):
    otto = client_of(cast.otto)
    assert otto.get(f"/write/{draft.id}").status_code == 404
    assert "writes this course with you" not in amara.get(f"/write/{draft.id}").text
    amara.post(f"/write/{draft.id}/authors", data={"employee_id": cast.otto.id})
    assert "Otto Brandysnap writes this course with you now." in amara.get(f"/write/{draft.id}").text
    assert otto.get(f"/write/{draft.id}").status_code == 200
    amara.post(f"/write/{draft.id}/authors", data={"employee_id": cast.ben.id})
    assert "Choose a trainer or an owner." in amara.get(f"/write/{draft.id}").text
    assert client_of(cast.ben).get("/write").status_code == 403


def test_only_owners_open_a_course_that_was_loaded(cast, client_of, amara):
    load_course(small_course(), NOW)
    assert amara.post("/write", data={"course": "small-talk"}).status_code == 404
    petra = client_of(cast.petra)
    assert "Courses that were loaded from files" in petra.get("/write").text
    there = petra.post("/write", data={"course": "small-talk"}).location
    assert "Learners see it as it stands here." in petra.get(there).text


def test_who_publishes_over_files_that_were_loaded_meanwhile_is_told(cast, client_of):
    load_course(small_course(), NOW)
    petra = client_of(cast.petra)
    here = petra.post("/write", data={"course": "small-talk"}).location
    petra.post(here, data={"do": "remove", "part": "lesson/listen/hear"})
    assert "Files were loaded" not in petra.get(f"{here}/publish").text
    load_course(replace(small_course(), title="Talk"), NOW)
    assert "Files were loaded" in petra.get(f"{here}/publish").text


def test_a_name_that_was_learnt_under_is_not_given_again(cast, client_of):
    load_course(small_course(), NOW)
    petra = client_of(cast.petra)
    here = petra.post("/write", data={"course": "small-talk"}).location
    petra.post(here, data={"do": "remove", "part": "module/answer/"})
    assert petra.post(here, data={"do": "module", "title": "Answer"}).location.endswith("/modules/answer-2")


def test_pages_keep_to_their_statements(draft, amara, statements):
    one = f"/{draft.id}"
    pages = ("", one, f"{one}/look", one + LESSON, f"{one}/publish", f"{one}/history", f"{one}/history/1")
    for page in (*pages, f"{one}/modules/listen/questions/scenario"):
        with statements() as sent:
            assert amara.get(f"/write{page}").status_code == 200
        assert len(sent) <= 12, str(sent)


def test_what_is_not_there_is_404(draft, amara):
    for page in ("/modules/none", "/modules/listen/lessons/none", "/modules/listen/questions/none"):
        assert amara.get(f"/write/{draft.id}{page}").status_code == 404
    assert text_of(draft) == text_of(draft)
    assert filled(text_of(draft), COURSE)["title"] == "Closing a talk"
