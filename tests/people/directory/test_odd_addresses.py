"""Addresses and forms that nobody types: each gets a page, and none reaches the database as nonsense."""

import pytest

HUGE = "9" * 30


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/people?q=a%00b", 400),
        ("/audit?person=%00", 400),
        ("/people?q=%ED%A0%80", 200),
        (f"/people?team={HUGE}", 200),
        (f"/people?page={HUGE}", 200),
        (f"/people/{HUGE}", 404),
        (f"/teams/{2**31}", 404),
        ("/people/-1", 404),
        ("/people/0", 404),
        ("/people/%00", 404),
    ],
)
def test_an_odd_address_has_a_page(cast, client_of, address, status):
    assert client_of(cast.petra).get(address).status_code == status


def test_a_form_with_a_nul_is_refused_before_it_is_read(cast, client):
    assert client.post("/sign-in", data={"email": "a\x00b@larkspur.example", "password": "x"}).status_code == 400
