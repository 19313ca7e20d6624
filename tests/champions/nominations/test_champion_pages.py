"""Champions pause, come back and stop by themselves or by an owner."""

from sqlalchemy import select

from champions.models import Champion, Nomination
from champions.nominations.champion_queries import takes_new_learners
from db import db
from tests.support.taught import make_champions


def taking():
    return list(db.session.scalars(select(Champion.employee_id).where(takes_new_learners()).order_by(Champion.id)))


def nomination_of(person):
    return db.session.scalars(select(Nomination.id).where(Nomination.employee_id == person.id)).one()


def test_a_champion_pauses_comes_back_and_stops(cast, client_of):
    make_champions(cast, cast.amara, cast.otto)
    address = f"/nominations/{nomination_of(cast.amara)}/champion"
    amara, rafa = client_of(cast.amara), client_of(cast.rafa)
    assert taking() == [cast.amara.id, cast.otto.id]
    assert amara.post(f"{address}/pause").status_code == 302
    assert taking() == [cast.otto.id]
    assert "You pause since" in amara.get(address).text
    assert "pauses since" in rafa.get("/shortlist").text
    assert "one pauses" in rafa.get("/champions").text
    amara.post(f"{address}/return")
    assert taking() == [cast.amara.id, cast.otto.id]
    amara.post(f"{address}/retire")
    assert "You stopped on" in amara.get(address).text
    amara.post(f"{address}/return")
    assert taking() == [cast.otto.id]
    assert "Has stopped" in rafa.get("/champions?state=retired").text


def test_an_owner_may_pause_a_champion_and_a_manager_may_not(cast, client_of):
    make_champions(cast, cast.amara)
    address = f"/nominations/{nomination_of(cast.amara)}/champion"
    assert client_of(cast.dev).post(f"{address}/pause").status_code == 404
    assert client_of(cast.rafa).post(f"{address}/pause").status_code == 404
    assert taking() == [cast.amara.id]
    assert client_of(cast.petra).post(f"{address}/pause").status_code == 302
    assert taking() == []


def test_pages_of_champions_cost_few_statements_and_look_right(cast, client_of, statements, page, sign_in, check_page):
    make_champions(cast, cast.amara, cast.otto)
    address = f"/nominations/{nomination_of(cast.amara)}/champion"
    db.session.commit()
    for one, where in ((cast.petra, "/champions"), (cast.petra, address), (cast.amara, address)):
        client = client_of(one)
        with statements() as sent:
            assert client.get(where).status_code == 200
        assert len(sent) <= 8, str(sent)
    sign_in(page, cast.petra).goto("/champions")
    check_page(page)
    page.goto(address)
    check_page(page)
