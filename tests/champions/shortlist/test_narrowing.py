"""The list narrowed to a team, a site, a language or a channel, and who is left out since."""

import re
from datetime import date

import pytest

from activity.models import ActivityEvent
from champions.shortlist import queries as shortlist_queries
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast
from tests.support.scored import add_activity, scored_run

NOBODY = "Nobody in the bands fits"


@pytest.fixture
def placed(cast: Cast):
    """Amara at Porto with Portuguese and the forum alone; Otto at Leeds with German, mostly in a chat."""
    amara, otto = db.session.get_one(Employee, cast.amara.id), db.session.get_one(Employee, cast.otto.id)
    amara.site, amara.languages = "Porto", "pt;en"
    otto.site, otto.languages = "Leeds", "de;en"
    for number in range(90):
        row = {"source": "chat", "external_id": f"chat-{number}", "at": NOW.replace(month=2), "verb": "post"}
        db.session.add(ActivityEvent(employee_id=otto.id, channel="chat", **row))
    run = scored_run(cast)
    shown = {person.employee_id for person in shortlist_queries.people_in_bands(run.id)}
    assert {amara.id, otto.id} <= shown
    return run


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("team=Care+Porto", {"amara"}),
        ("site=Porto", {"amara"}),
        ("site=Leeds", {"otto"}),
        ("language=pt", {"amara"}),
        ("language=en", {"amara", "otto"}),
        ("channel=chat", {"otto"}),
        ("channel=forum", {"amara", "otto"}),
        ("site=Leeds&language=de&channel=chat", {"otto"}),
        ("site=Leeds&language=pt", set()),
        ("team=Nowhere", set()),
    ],
)
def test_the_list_is_narrowed(cast, placed, client_of, query, names):
    text = client_of(cast.petra).get(f"/shortlist?{query}").text
    if query.startswith("team=Care"):  # whoever of the two is in that team
        names = {name for name in ("amara", "otto") if getattr(cast, name).team_id == cast.care_porto}
    assert _listed(text) & {cast.amara.id, cast.otto.id} == {getattr(cast, name).id for name in names}
    assert (NOBODY in text) == (not _listed(text))


def test_what_is_offered_occurs_in_the_list(cast, placed, client_of):
    text = client_of(cast.petra).get("/shortlist").text
    for offered in ("Porto", "Leeds", "chat", "forum"):
        assert f'<option value="{offered}"' in text or f">{offered}</option>" in text


def test_each_stands_with_at_most_three_reasons(cast, placed):
    listed = shortlist_queries.people_in_bands(placed.id)
    assert all(1 <= len(person.reasons) <= 3 for person in listed)


def test_who_left_by_date_since_the_run_is_in_no_list(cast, placed, client_of):
    db.session.get_one(Employee, cast.amara.id).ends_on = date(2026, 3, 5)
    db.session.commit()
    text = client_of(cast.petra).get("/shortlist").text
    assert cast.amara.id not in _listed(text)
    assert cast.otto.id in _listed(text)
    assert cast.amara.id not in shortlist_queries.people_named([cast.amara.id, cast.otto.id])


def test_who_leaves_some_day_is_still_here(cast, placed):
    db.session.get_one(Employee, cast.amara.id).ends_on = date(2999, 1, 1)
    db.session.commit()
    assert cast.amara.id in {person.employee_id for person in shortlist_queries.people_in_bands(placed.id)}


def test_teams_are_counted_without_who_left(cast, client_of):
    add_activity(cast)
    before = sum(group.people for group in shortlist_queries.groups())
    db.session.get_one(Employee, cast.ben.id).ends_on = date(2026, 1, 1)
    db.session.commit()
    assert sum(group.people for group in shortlist_queries.groups()) == before - 1


def _listed(text: str) -> set[int]:
    """The employees in the list of a page."""
    return {int(number) for number in re.findall(r'class="who" href="[^"]*/scores/(\d+)', text)}
