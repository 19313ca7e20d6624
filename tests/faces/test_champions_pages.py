"""The pages about scores, walked in a real browser by those who decide and by those whom they are about."""

import pytest

from champions.backtest.operations import compute_backtest
from champions.scoring.parameters import Parameters
from db import db
from tests.champions.runs.test_degenerate_input import CASES, scored
from tests.support.cast import NOW, Cast
from tests.support.helping import help_each_other
from tests.support.scored import scored_run


@pytest.fixture
def story(cast: Cast) -> Cast:
    """The cast, with a year and more of activity and a scoring run."""
    scored_run(cast, days=500)
    db.session.commit()
    return cast


def test_what_if_is_redrawn_as_a_slider_moves(story, page, sign_in, check_page, shot):
    sign_in(page, story.petra)
    page.goto("/what-if")
    check_page(page)
    shot(page, "what-if")
    page.set_viewport_size({"width": 1280, "height": 900})
    dial = page.locator("#dial")
    dial.focus()
    dial.press("Home")
    page.get_by_role("heading", name="With these settings").wait_for()
    assert "dial=0" in page.url
    assert page.locator("#publish input[name=dial]").input_value() == "0"
    assert page.locator("output[for=dial]").inner_text().startswith("most results")
    check_page(page)


def test_what_if_works_without_script(story, open_page, sign_in):
    page = sign_in(open_page(script=False), story.petra)
    page.goto("/what-if")
    page.locator("#dial").press("Home")
    page.get_by_role("button", name="Draw again").click()
    assert "With these settings" in page.locator("h1").inner_text()
    page.get_by_label("Why these settings?").fill("More results are what we need now.")
    page.get_by_role("button", name="Start a new run").click()
    assert "/jobs/" in page.url


def test_looking_back_is_read_and_started_again(story, page, sign_in, check_page, shot):
    compute_backtest(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    db.session.commit()
    sign_in(page, story.petra)
    page.goto("/looking-back")
    check_page(page)
    shot(page, "looking-back")
    assert "Had you asked us then" in page.locator("h1").inner_text()
    page.get_by_role("button", name="Look back again").click()
    assert "/jobs/" in page.url


def test_a_score_is_contested_and_answered(story, open_page, sign_in, check_page, shot):
    amara = sign_in(open_page(), story.amara)
    amara.goto("/my-score")
    amara.get_by_role("link", name="Ask for a review by a person").click()
    check_page(amara)
    amara.get_by_label("What is wrong?").fill("Two answers of January are missing.")
    amara.get_by_role("button", name="Send").click()
    assert "waits for an answer" in amara.locator("h1").inner_text()
    check_page(amara)
    shot(amara, "contest")
    rafa = sign_in(open_page(), story.rafa)
    rafa.goto("/contests")
    check_page(rafa)
    rafa.get_by_role("link", name=story.amara.name).click()
    check_page(rafa)
    shot(rafa, "contest-answer")
    rafa.get_by_label("The score stands").check()
    rafa.get_by_label("Your reasons").fill("Both are counted; they came in with the import of February.")
    rafa.get_by_role("button", name="Answer").click()
    assert rafa.url.endswith("/contests")
    amara.goto("/my-score/contest")
    assert "Both are counted" in amara.content()


def test_a_person_reads_all_that_the_score_rests_on(story, page, sign_in, check_page, shot):
    sign_in(page, story.amara)
    page.goto("/my-score")
    check_page(page)
    shot(page, "my-score")
    page.get_by_text("The same as a table").click()
    assert page.get_by_role("heading", name="What would change this").is_visible()


def test_those_who_decide_read_the_same_page(story, page, sign_in, check_page, shot):
    sign_in(page, story.petra)
    page.goto(f"/scores/{story.otto.id}")
    check_page(page)
    shot(page, "score")


def test_the_shortlist_shows_what_is_covered_and_what_is_not_known(story, page, sign_in, check_page, shot):
    sign_in(page, story.petra)
    page.goto("/shortlist")
    check_page(page)
    page.get_by_text("Cover most").click()
    check_page(page)
    shot(page, "shortlist")
    page.get_by_label("Decision").select_option("champion")
    page.get_by_role("button", name="Filter").click()
    assert page.get_by_text("Nobody in the bands fits this filter").is_visible()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_thin_input_is_a_clear_page(cast, case, page, sign_in, check_page, shot):
    case(cast)
    scored()
    sign_in(page, cast.petra)
    page.goto("/shortlist")
    assert page.locator("h1").inner_text().startswith("This run names nobody")
    assert page.locator("table.rank").count() == 0
    check_page(page)
    if case is CASES[2]:
        shot(page, "shortlist-nobody")


def test_a_run_has_a_complete_card(story, page, sign_in, check_page, shot):
    sign_in(page, story.petra)
    page.goto("/runs")
    page.get_by_role("link", name="Run 1").click()
    check_page(page)
    shot(page, "model-card")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Markdown").click()
    assert download.value.suggested_filename == "model-card-run-1.md"


def test_the_help_network_is_drawn_for_owners_and_managers(cast, open_page, sign_in, check_page, shot):
    help_each_other(cast)
    petra = sign_in(open_page(), cast.petra)
    petra.goto("/help-network")
    check_page(petra)
    shot(petra, "help-network")
    petra.get_by_role("link", name="people", exact=True).click()
    check_page(petra)
    dev = sign_in(open_page(), cast.dev)
    dev.goto("/help-network")
    check_page(dev)
