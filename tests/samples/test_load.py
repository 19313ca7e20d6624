"""Filling an empty database: a community goes the whole way, is stopped anywhere and goes on, and nothing is wiped."""

import json

import pytest
from sqlalchemy import func, select

from activity.models import ActivityEvent, Import, Outcome
from champions.models import Champion, Nomination, ScoringRun
from db import db
from people.auditing import audit
from people.models import CompanySetting, Employee, Team
from people.settings.company_settings import company_settings
from samples.communities.attribution import attribution_of
from samples.communities.house import HOUSE
from samples.load import load_if_empty
from samples.loading import LOADING, LoadError
from tests.samples.small_community import GOOD, PEOPLE, write_community
from tests.support.cast import NOW
from tests.support.told_story import NoBar
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, Enrolment

HOUSE_PEOPLE = 4


@pytest.fixture
def folder(tmp_path):
    write_community(tmp_path)
    return tmp_path


def load(app, folder, bar=NoBar):
    db.session.commit()
    loaded = load_if_empty(app, folder, bar, now=NOW)
    db.session.expire_all()
    return loaded


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def names_of(ids):
    return set(db.session.scalars(select(Employee.external_id).where(Employee.id.in_(ids))))


class Cut(KeyboardInterrupt):
    """Somebody pulled the plug."""


def bar_cut_at(title, *, at_the_end):
    """Bars of which the one with this title stops the load, at its first news or at its last."""

    class Bar(NoBar):
        def __init__(self, title):
            self.title = title

        def __call__(self, news):
            last = news.total and news.done == news.total
            if self.title == title and (last or not at_the_end):
                raise Cut

    return Bar


def test_a_community_goes_the_whole_way(app, folder):
    assert load(app, folder).steps[0] == "import directory"
    assert number_of(Employee) == PEOPLE + HOUSE_PEOPLE
    assert number_of(ActivityEvent) > 1500
    assert number_of(Outcome) > 200
    champions = set(db.session.scalars(select(Champion.employee_id)))
    assert names_of(champions) == set(GOOD)
    learners = set(db.session.scalars(select(Assignment.learner_id).where(Assignment.ends_at.is_(None))))
    assert learners == set(db.session.scalars(select(Employee.id))) - champions
    assert number_of(Enrolment) == len(learners)
    assert number_of(Attempt) == 0  # nothing is invented about real people
    assert audit.verify() is None


def test_the_last_day_of_the_data_is_the_day_that_is_scored(app, folder):
    load(app, folder)
    last = max(db.session.scalar(select(func.max(column))) for column in (ActivityEvent.at, Outcome.at))
    as_of = db.session.scalar(select(func.max(ScoringRun.as_of)))
    assert (as_of.date() - last.date()).days == 1


def test_everybody_belongs_to_the_community_and_teams_stand_below_it(app, folder):
    load(app, folder)
    assert set(db.session.scalars(select(Team.full_name))) == {"Community", "Community / north"}
    house = select(Employee.external_id).where(Employee.team_id.is_(None))
    assert all(name.startswith(HOUSE) for name in db.session.scalars(house))


def test_the_source_is_named_on_the_page_where_one_signs_in(app, folder, client):
    load(app, folder)
    page = client.get("/sign-in").text
    assert "Data: Small Forum / small.example and its people, licence CC0." in page
    assert '<a href="https://small.example">To the source</a>' in page
    assert "made up" not in page


def test_the_house_and_two_others_sign_in_with_a_password_made_for_this_load(app, folder, client):
    load(app, folder)
    settings = company_settings()
    password = settings["demo_password"]
    emails = [line.partition("=")[2] for line in settings["demo_sign_ins"].splitlines()]
    assert len(emails) == HOUSE_PEOPLE + 2
    assert len(password) >= 20
    for email in emails:
        assert app.test_client().post("/sign-in", data={"email": email, "password": password}).status_code == 302
    others = select(func.count()).where(Employee.password_hash.is_not(None))
    assert db.session.scalar(others) == len(emails)


def test_a_load_that_is_cut_at_every_step_comes_out_the_same(app, folder):
    titles = ["People", "Activity", "Outcomes", "Scoring as of the last day", "Trainers for everybody"]
    for title in titles:
        for at_the_end in (False, True):
            with pytest.raises(Cut):
                load(app, folder, bar_cut_at(title, at_the_end=at_the_end))
            db.session.rollback()
            assert LOADING in company_settings()
    load(app, folder)
    assert LOADING not in company_settings()
    assert number_of(Employee) == PEOPLE + HOUSE_PEOPLE
    assert number_of(ScoringRun) == 2
    assert number_of(Nomination) == number_of(Champion) == len(GOOD)
    assert db.session.scalar(select(func.count(func.distinct(ActivityEvent.external_id)))) == number_of(ActivityEvent)
    pairs = select(Assignment.learner_id).where(Assignment.ends_at.is_(None))
    assert len(db.session.scalars(pairs).all()) == PEOPLE + HOUSE_PEOPLE - len(GOOD)
    assert audit.verify() is None


def test_with_anybody_in_the_database_nothing_is_loaded(app, folder, cast, statements):
    with statements() as sent:
        assert load(app, folder).what == ""
    assert len(sent) <= 3, str(sent)
    assert number_of(Import) == 0


def test_a_stopped_load_of_one_thing_is_not_mixed_with_another(app, folder, tmp_path_factory):
    with pytest.raises(Cut):
        load(app, folder, bar_cut_at("Activity", at_the_end=False))
    db.session.rollback()
    other = tmp_path_factory.mktemp("other")
    write_community(other)
    with pytest.raises(LoadError, match="this one is to load"):
        load(app, other)
    db.session.rollback()
    assert number_of(ActivityEvent) == 0


def test_a_stopped_load_never_touches_what_a_company_has_added_since(app, folder):
    with pytest.raises(Cut):
        load(app, folder, bar_cut_at("Activity", at_the_end=False))
    db.session.rollback()
    db.session.add(Employee(external_id="local-1", name="Own Person", created_at=NOW))
    before = number_of(Employee)
    with pytest.raises(LoadError, match="were added since"):
        load(app, folder)
    db.session.rollback()
    assert number_of(Employee) == before
    assert number_of(ActivityEvent) == 0


def test_a_folder_without_people_is_refused_with_the_cure(app, tmp_path):
    (tmp_path / "activity.csv").write_text("at,person_id,verb\n", encoding="utf-8")
    with pytest.raises(LoadError, match="has no people"):
        load(app, tmp_path)
    db.session.rollback()
    assert number_of(CompanySetting) == 0


def test_a_file_that_cannot_be_read_is_named(app, folder):
    (folder / "people.csv.gz").write_bytes(b"\x1f\x8b\x08 this is no archive")
    with pytest.raises(LoadError, match="people"):
        load(app, folder)


def test_a_community_without_activity_says_that_nothing_can_be_scored(app, folder):
    (folder / "activity.csv.gz").unlink()
    (folder / "outcomes.csv.gz").unlink()
    with pytest.raises(LoadError, match="nothing can be scored"):
        load(app, folder)


@pytest.mark.parametrize(
    ("meta", "readme", "line"),
    [
        ({"attribution": "Data of  the club"}, "", "Data of the club."),
        (
            {"licence": "CC BY 4.0"},
            "Source: The club's list (2020). More.",
            "Data: The club's list, licence CC BY 4.0.",
        ),
        ({}, "", ""),
        ([], "Source: The club", "Data: The club."),
    ],
)
def test_attribution_is_read_from_what_lies_beside_the_files(tmp_path, meta, readme, line):
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    assert attribution_of(tmp_path) == line
