"""The whole way in a real browser: from the shortlist to published pairs, and back, without reading a manual."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from db import db
from jobs.running import run_waiting
from tests.support.planned import live_pairs
from tests.support.taught import everybody_speaks, make_champions, make_course
from tests.support.teachers import has_learnt_to_teach, make_course_for_trainers
from training.assigning.models import Plan, PlanState

pytestmark = pytest.mark.browser


@pytest.fixture
def company(cast):
    make_champions(cast, cast.amara, cast.otto, capacity=9)
    everybody_speaks("pt;en")
    make_course()
    has_learnt_to_teach(make_course_for_trainers(), cast.otto)


def solved():
    """Let the worker do the job of the newest proposal."""
    plan = db.session.scalars(select(Plan).order_by(Plan.id.desc()).limit(1)).one()
    plan_id, job_id = plan.id, plan.job_id
    db.session.commit()
    run_waiting(job_id)
    return plan_id


def heading(page):
    return expect(page.get_by_role("heading", level=1))


def test_an_owner_goes_from_the_shortlist_to_published_pairs(page, cast, company, sign_in, check_page):
    sign_in(page, cast.petra)
    page.goto("/shortlist")
    page.get_by_role("link", name="Trainers", exact=True).click()
    heading(page).to_contain_text("One of two trainers gets no learners yet")
    page.get_by_text("Waive it").click()
    page.get_by_label(f"Why may {cast.amara.name} begin without it?").fill("Has taught here for ten years.")
    page.get_by_role("button", name="Waive the course").click()
    heading(page).to_contain_text("All two trainers may take learners")
    page.get_by_role("link", name="Assignments").first.click()
    page.get_by_role("button", name="Make a proposal").click()
    heading(page).to_contain_text("is being made")
    plan_id = solved()
    heading(page).to_contain_text("learners get a trainer")
    expect(page.get_by_text("See the waves and the draw")).to_be_visible()
    pairs = db.session.get_one(Plan, plan_id, populate_existing=True).summary["pairs"]
    db.session.commit()
    page.get_by_role("button", name=f"Publish {pairs} pairs").click()
    expect(page.get_by_role("status")).to_contain_text(f"Published: {pairs} new pairs")
    assert len(live_pairs()) == pairs > 10
    db.session.commit()
    page.get_by_role("link", name=f"Proposal {plan_id}").first.click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text(f"Taken back: {pairs} pairs ended")
    assert live_pairs() == {}
    db.session.commit()
    page.goto(f"/assignments/{plan_id}")
    check_page(page)
    page.goto("/trainers")
    check_page(page)


def test_the_sliders_work_without_script(open_page, cast, company, sign_in):
    page = open_page(script=False)
    sign_in(page, cast.petra)
    page.goto("/assignments")
    page.get_by_role("button", name="Make a proposal").click()
    plan_id = solved()
    page.goto(f"/assignments/{plan_id}")
    page.get_by_label("Keep present pairs").fill("5")
    page.get_by_label("Even load").fill("0")
    page.get_by_role("button", name="Solve again").click()
    plan = db.session.get_one(Plan, solved(), populate_existing=True)
    assert plan.settings == {"stay": 5, "even": 0}
    assert plan.state == PlanState.READY


def test_a_trainer_says_how_they_teach(page, cast, company, sign_in, check_page):
    sign_in(page, cast.otto)
    page.goto("/teaching")
    check_page(page)
    page.get_by_role("link", name="Change how I teach").click()
    check_page(page)
    page.get_by_label("How many learners at most").fill("3")
    page.get_by_label("Friday from").fill("")
    page.get_by_label("Friday to").fill("")
    page.get_by_role("button", name="Keep").click()
    heading(page).to_contain_text("You teach none of the 3 learners you take")


def test_the_pages_of_waves_and_changes_are_fit_to_read(page, cast, company, sign_in, check_page):
    sign_in(page, cast.petra)
    page.goto("/assignments/changes")
    check_page(page)
    page.goto("/assignments")
    page.get_by_role("button", name="Make a proposal").click()
    solved()
    page.goto("/assignments/waves")
    heading(page).to_contain_text("wait for theirs")
    check_page(page)
