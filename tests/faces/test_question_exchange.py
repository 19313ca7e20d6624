"""Questions from another program, in a real browser: handed in, looked over, imported, taken along."""

import pytest

from tests.support.learning import make_school

BANK = """::Who helps::A drum squeaks when it turns. Who can solve it? {
  =The service desk # They can send somebody.
  ~%25%The seller # They may know whom to ask.
  ~Nobody
}

::Which two::What do you ask first? {
  ~%50%Which machine it is
  ~%50%Since when
  ~%-100%What it cost
}

::How long::How many hours may an answer take? {#=4:1#Right =%50%8}

::Never closed::What is missing here? {=a brace

Just a text that asks nothing.

$CATEGORY: $course$/top/Returns

::Sent back::A machine that was sent back is checked first.{TRUE#It is.#So it is.}

::In your words::What do you write to somebody whose parcel is late? {}
"""


@pytest.fixture
def petra(page, cast, sign_in):
    make_school(cast)
    sign_in(page, cast.petra)
    return page


@pytest.mark.browser
def test_a_file_is_looked_over_and_imported(petra, check_page, shot, tmp_path):
    file = tmp_path / "service-questions.txt"
    file.write_text(BANK, encoding="utf-8")
    petra.goto("/questions")
    check_page(petra)
    shot(petra, "questions")
    petra.get_by_label("File").set_input_files(file)
    petra.get_by_role("button", name="Read the file").click()
    petra.get_by_role("heading", level=1, name="Nothing is written yet").wait_for()
    check_page(petra)
    shot(petra, "questions-preview")
    petra.get_by_role("button", name="Import").click()
    petra.get_by_role("alert").get_by_text("Choose the module").wait_for()
    check_page(petra)
    petra.get_by_label("Module").select_option(index=1)
    petra.get_by_label("the reason (why)").check()
    petra.get_by_role("button", name="Import").click()
    petra.get_by_text("questions are new in").wait_for()


@pytest.mark.browser
def test_what_each_format_holds_is_seen_before_it_is_taken(petra, check_page, shot):
    petra.goto("/questions/export/small-talk")
    for summary in petra.locator("summary").all():
        summary.click()
    check_page(petra)
    shot(petra, "questions-export")
    with petra.expect_download() as download:
        petra.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "small-talk.csv"


@pytest.mark.browser
def test_it_works_without_script(open_page, cast, sign_in, tmp_path):
    make_school(cast)
    page = open_page(script=False)
    sign_in(page, cast.petra)
    file = tmp_path / "bank.txt"
    file.write_text(BANK, encoding="utf-8")
    page.goto("/questions")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_label("Module").select_option(index=2)
    page.get_by_role("button", name="Import").click()
    page.get_by_text("questions are new in").wait_for()
