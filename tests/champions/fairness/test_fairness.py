"""The fairness view: groups, never persons; and no way from an attribute into a score."""

import io

import pytest
from sqlalchemy import select

from champions.fairness import operations
from champions.fairness.models import FairnessAttribute
from champions.fairness.queries import fairness_view
from champions.models import Score, ScoringRun
from champions.nominations import operations as nominations
from champions.rules.attribute_file import Row
from champions.runs.operations import compute_run
from champions.scoring.parameters import Parameters
from db import db
from people.auditing.models import AuditEntry
from people.models import Employee
from tests.support.cast import NOW

SECRET = "half a day"


def everybody():
    """Everybody scored in the run, by id in the directory."""
    return db.session.execute(
        select(Employee.external_id, Employee.id).join(Score, Score.employee_id == Employee.id).order_by(Employee.id)
    ).all()


def supply(cast, run, part_time=20):
    """Working time of everybody scored: the first `part_time` of the crowd and otto work half a day."""
    rows = [
        Row(row.external_id, "working time", SECRET if place % 2 and place < 2 * part_time else "full-time")
        for place, row in enumerate(everybody())
    ]
    told = operations.supply(rows, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    return told


def spread(cast, run):
    """Amara and otto, who are on the list, in different groups."""
    listed = db.session.execute(
        select(Employee.external_id, Score.band)
        .join(Score, Score.employee_id == Employee.id)
        .order_by(Score.band.desc())
    ).all()
    rows = [Row(row.external_id, "working time", SECRET if n % 2 else "full-time") for n, row in enumerate(listed)]
    operations.supply(rows, actor_id=cast.petra.id, at=NOW)
    db.session.commit()


def test_a_new_file_takes_the_place_of_the_old_and_unknown_ids_are_left_out(cast, run):
    operations.supply([Row("p-106", "site", "Porto"), Row("nobody", "site", "Leeds")], actor_id=cast.petra.id, at=NOW)
    told = operations.supply([Row("p-107", "age", "50 and over")], actor_id=cast.petra.id, at=NOW)
    assert (told.people, told.unknown_ids) == (1, 0)
    kept = db.session.execute(select(FairnessAttribute.attribute, FairnessAttribute.value)).all()
    assert kept == [("age", "50 and over")]


def test_the_trail_says_that_it_was_done_and_nothing_of_it(cast, run):
    supply(cast, run)
    assert operations.delete_all(actor_id=cast.petra.id, at=NOW) > 0
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.verb.contains("fairness"))).all()
    assert len(entries) == 2
    assert all(entry.subject_id is None and SECRET not in str(entry.detail) for entry in entries)
    assert db.session.scalar(select(FairnessAttribute.employee_id)) is None


def test_rates_by_group_and_who_is_not_known(cast, run):
    spread(cast, run)
    view = fairness_view(run)
    (one,) = view.attributes
    assert one.unknown == 0
    listed, above = one.measures
    assert sum(rate.tally.people for rate in listed.rates) == view.people
    assert sum(rate.tally.selected for rate in listed.rates) == view.listed
    assert {rate.tally.name for rate in above.rates} == {SECRET, "full-time"}


def test_who_has_left_the_scoring_is_counted_nowhere(cast, run):
    spread(cast, run)
    before = fairness_view(run).people
    db.session.get_one(Employee, cast.amara.id).opted_out_at = NOW
    db.session.flush()
    assert fairness_view(run).people == before - 1


def test_rates_are_withheld_where_everybody_on_the_list_is_of_one_group(cast, run):
    on_list = set(db.session.scalars(select(Score.employee_id).where(Score.band != "not_shown")))
    rows = [Row(row.external_id, "age", "young" if row.id in on_list else "old") for row in everybody()]
    rows[-1] = Row(rows[-1].external_id, "age", "young")
    operations.supply(rows, actor_id=cast.petra.id, at=NOW)
    assert fairness_view(run).attributes[0].measures[0].rates == ()


def test_no_page_shows_whose_attribute_it_is(cast, run, client_of):
    spread(cast, run)
    petra = client_of(cast.petra)
    text = petra.get("/fairness").text
    assert SECRET in text
    assert not any(person.name in text for person in cast.people if person.id != cast.petra.id)
    for address in ("/shortlist", "/shortlist.csv", f"/scores/{cast.amara.id}", f"/people/{cast.amara.id}", "/audit",
                    f"/runs/{run.id}", f"/runs/{run.id}/model-card.md"):  # fmt: skip
        assert SECRET not in petra.get(address).text


def test_a_score_is_the_same_with_and_without_attributes_and_never_reads_them(cast, run, statements):
    def scores(of):
        query = select(Score.employee_id, Score.value, Score.lower, Score.upper, Score.band).where(Score.run_id == of)
        return db.session.execute(query.order_by(Score.employee_id)).all()

    supply(cast, run)
    with statements() as sent:
        again = compute_run(as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda *news: None)
    assert scores(again.id) == scores(run.id)
    assert again.digest == run.digest
    assert "fairness_attribute" not in str(sent)


def test_from_the_file_to_the_page_and_away_with_one_click(cast, run, client_of, statements):
    petra = client_of(cast.petra)
    lines = [f"{row.external_id},working time,{'half' if n % 2 else 'full'}" for n, row in enumerate(everybody())]
    data = "\n".join(["id,attribute,value", *lines, "nobody,working time,half"]).encode()
    answer = petra.post("/fairness/attributes", data={"file": (io.BytesIO(data), "times.csv")})
    assert answer.status_code == 302
    assert "1 id of the file fit nobody" in petra.get("/fairness").text
    rafa = client_of(cast.rafa)
    with statements() as sent:
        assert "Working time" in rafa.get("/fairness").text
    assert len(sent) <= 8, str(sent)
    petra.post("/fairness/attributes/delete")
    assert "No attributes are supplied" in petra.get("/fairness").text


def test_a_file_that_cannot_be_taken_changes_nothing(cast, run, client_of):
    supply(cast, run)
    before = len(db.session.scalars(select(FairnessAttribute.employee_id)).all())
    petra = client_of(cast.petra)
    answer = petra.post("/fairness/attributes", data={"file": (io.BytesIO(b"id,attribute\nx,y\n"), "x.csv")})
    assert answer.status_code == 422
    assert "Line 1: no column named value" in answer.text
    assert petra.post("/fairness/attributes").status_code == 422
    assert len(db.session.scalars(select(FairnessAttribute.employee_id)).all()) == before


@pytest.mark.parametrize("name", ["ben", "dev", "amara"])
def test_the_view_is_for_those_who_decide(cast, run, client_of, name):
    assert client_of(getattr(cast, name)).get("/fairness").status_code == 403
    assert client_of(cast.rafa).post("/fairness/attributes/delete").status_code == 403


def test_it_is_one_click_away_before_approval(cast, run, client_of):
    amara = db.session.get_one(Employee, cast.amara.id)
    row = nominations.propose(amara, run_id=run.id, reason="Her answers are taken up.", actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    assert 'href="/fairness"' in client_of(cast.rafa).get(f"/nominations/{row.id}").text


def test_in_the_browser(cast, run, page, sign_in, check_page):
    spread(cast, run)
    assert db.session.scalar(select(ScoringRun.id)) == run.id
    db.session.commit()
    sign_in(page, cast.petra).goto("/fairness")
    check_page(page)
