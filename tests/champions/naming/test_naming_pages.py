"""The pages of naming: from the owner's form to the two lists side by side, with and without script."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.naming import round_operations
from champions.naming.models import NamingAnswer, NamingRound, NamingTopic, PeerNaming
from champions.naming.views import MOST_SEARCHES
from db import db, utcnow
from tests.support.naming import AFTER, crowd, name_all, open_round


def open_now(cast, *topics):
    """A round that is open by the real clock, which pages see."""
    row = open_round(cast, *topics)
    row.closes_on = utcnow().date() + timedelta(days=5)
    db.session.commit()
    return row


def topic_id(row):
    return db.session.scalars(select(NamingTopic.id).where(NamingTopic.round_id == row.id)).first()


def counted_round(cast):
    row, people = open_round(cast), crowd(cast)
    name_all(row, {one: [cast.amara.id, cast.tomas.id] for one in people})
    round_operations.count(row, actor_id=None, at=AFTER)
    db.session.commit()
    return row


def test_from_the_form_to_an_answer_without_script(cast, client_of):
    petra, ben = client_of(cast.petra), client_of(cast.ben)
    today = utcnow().date()
    facts = {"title": "Autumn", "topics": "returns\n\nrepairs", "opens_on": today, "reminds": "y"}
    assert petra.post("/naming-rounds", data={**facts, "closes_on": today + timedelta(days=13)}).status_code == 302
    row = db.session.scalars(select(NamingRound)).one()
    place = topic_id(row)
    found = ben.get(f"/naming?topic={place}&q=quill")
    assert f'name="named" value="{cast.amara.id}"' in found.text
    assert ben.post(f"/naming/{place}/add", data={"named": cast.amara.id}).status_code == 302
    assert "Amara Quillfeather" in ben.get("/naming").text
    assert "Amara Quillfeather" not in client_of(cast.carla).get("/naming").text
    assert ben.post(f"/naming/{place}/take-back", data={"named": cast.amara.id}).status_code == 302
    assert db.session.scalar(select(PeerNaming.named_id)) is None
    assert db.session.scalars(select(NamingAnswer.giver_id)).all() == [cast.ben.id]
    carla = client_of(cast.carla)
    assert carla.post("/naming/done").status_code == 302
    assert "without naming anybody" in carla.get("/naming").text
    assert "2 of 10 have answered" in petra.get(f"/naming-rounds/{row.id}").text


def test_what_was_typed_is_kept_when_the_form_is_refused(cast, client_of):
    facts = {"title": "Autumn", "topics": "returns", "opens_on": "2020-01-01", "closes_on": "2020-01-14"}
    answer = client_of(cast.petra).post("/naming-rounds", data=facts)
    assert answer.status_code == 422
    assert "The first day is over" in answer.text
    assert "returns" in answer.text
    assert db.session.scalar(select(NamingRound.id)) is None


def test_the_small_address_tells_name_and_place_and_nothing_else(cast, client_of):
    open_now(cast)
    told = client_of(cast.ben).get("/naming/colleagues?q=ama").get_json()
    assert told["found"] == [{"id": cast.amara.id, "name": "Amara Quillfeather", "place": "Care Porto, Porto"}]
    assert client_of(cast.ben).get("/naming/colleagues?q=a").get_json()["found"] == []
    assert client_of(cast.ben).get("/naming/colleagues").get_json()["found"] == []


def test_too_many_searches_are_refused_for_a_while(cast, client_of, monkeypatch):
    monkeypatch.setattr("champions.naming.views.MOST_SEARCHES", 3)
    ben = client_of(cast.ben)
    codes = [ben.get("/naming/colleagues?q=ama").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert client_of(cast.carla).get("/naming/colleagues?q=ama").status_code == 200
    assert MOST_SEARCHES >= 100  # nobody who answers is stopped


def test_closing_opening_again_and_counting_on_the_page(cast, client_of):
    row = open_now(cast)
    petra = client_of(cast.petra)
    address = f"/naming-rounds/{row.id}"
    petra.post(f"{address}/close")
    assert "This round is closed" in client_of(cast.ben).get("/naming").text
    petra.post(f"{address}/open-again")
    assert "Whom would you go to" in client_of(cast.ben).get("/naming").text
    petra.post(f"{address}/close")
    petra.post(f"{address}/count")
    page = petra.get(address).text
    assert "Fewer than ten people answered" in page
    petra.post(f"{address}/open-again")
    assert "that step is not open" in petra.get(address).text


def test_the_two_ways_stand_side_by_side(cast, run, client_of):
    counted_round(cast)
    rafa = client_of(cast.rafa)
    page = rafa.get("/both-ways").text
    assert cast.otto.name in page  # in a band, named by nobody
    assert cast.tomas.name in page  # named, in no band
    assert cast.amara.name not in page  # found by both
    assert cast.amara.name in rafa.get("/both-ways?by=both").text
    assert cast.otto.name not in rafa.get("/both-ways?by=naming").text
    assert cast.tomas.name not in rafa.get("/both-ways?by=score").text
    assert "Nobody fits" in rafa.get("/both-ways?site=Nowhere").text
    assert cast.tomas.name in rafa.get("/both-ways?topic=returns&team=Sales").text


def test_counts_stand_beside_the_score_and_change_nothing_in_it(cast, run, client_of):
    before = client_of(cast.rafa).get("/shortlist.csv").text
    counted_round(cast)
    assert client_of(cast.rafa).get("/shortlist.csv").text == before
    assert "12 colleagues named them for returns" in client_of(cast.rafa).get("/shortlist").text
    assert "12 different people named them for returns" in client_of(cast.rafa).get(f"/scores/{cast.amara.id}").text
    assert "12 different people named you for returns" in client_of(cast.amara).get("/my-score").text


@pytest.mark.parametrize("address", ["/naming-rounds", "/both-ways"])
@pytest.mark.parametrize("name", ["ben", "dev", "amara"])
def test_rounds_and_lists_are_not_for_everybody(cast, client_of, name, address):
    assert client_of(getattr(cast, name)).get(address).status_code == 403


def test_pages_cost_few_statements(cast, run, client_of, statements):
    row = counted_round(cast)
    open_now(cast, "returns", "repairs", "tone")
    place = topic_id(db.session.scalars(select(NamingRound).where(NamingRound.place == 1)).one())
    for person, address in (
        (cast.ben, "/naming"),
        (cast.ben, f"/naming?topic={place}&q=ama"),
        (cast.ben, "/naming/colleagues?q=ama"),
        (cast.petra, "/naming-rounds"),
        (cast.petra, f"/naming-rounds/{row.id}"),
        (cast.rafa, "/both-ways"),
        (cast.rafa, "/shortlist"),
        (cast.rafa, f"/scores/{cast.amara.id}"),
    ):
        client = client_of(person)
        client.get(address)  # the first look is noted
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, f"{address}\n{sent}"


def test_answering_in_the_browser(cast, page, open_page, sign_in, check_page):
    crowd(cast)
    row = open_now(cast, "returns", "a complaint that went public")
    number, place = row.id, topic_id(row)
    db.session.commit()
    sign_in(page, cast.ben).goto("/naming")
    page.fill(f"#q-{place}", "quill")
    page.get_by_role("button", name="Amara Quillfeather").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Take back Amara Quillfeather").is_visible()
    check_page(page)
    plain = sign_in(open_page(script=False), cast.carla)
    plain.goto("/naming")
    plain.fill(f"#q-{place}", "brandy")
    plain.get_by_role("button", name="Find").first.click()
    plain.get_by_role("button", name="Otto Brandysnap").click()
    assert plain.get_by_role("button", name="Take back Otto Brandysnap").is_visible()
    owner = sign_in(open_page(), cast.petra)
    owner.goto(f"/naming-rounds/{number}")
    check_page(owner)


def test_the_two_lists_in_the_browser(cast, run, page, sign_in, check_page):
    counted_round(cast)
    sign_in(page, cast.rafa).goto("/both-ways?by=")
    check_page(page)
