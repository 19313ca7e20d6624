"""Pages about certificates: one's own, the owner's, and what anybody with a code may see."""

import re

import pytest
from sqlalchemy import select

from db import db
from people.settings.company_settings import change_settings
from tests.support.cast import NOW
from tests.support.certified import a_certificate, certificates_of
from training.certificates.allowance import MOST, Allowance, questions
from training.certificates.models import Certification
from training.certificates.pdf import CertificateText, certificate_pdf


@pytest.fixture
def certificate(cast, school):
    questions.forget()
    row = a_certificate(school, cast.ben, cast)
    db.session.commit()
    return row


def test_ones_own_certificates_with_pdf_and_badge(cast, certificate, client_of, statements):
    ben, path = client_of(cast.ben), f"/my-certificates/{certificate.id}"
    with statements() as sent:
        text = ben.get("/my-certificates").text
    assert len(sent) <= 12, str(sent)
    assert "1 certificate of yours holds." in text
    pdf = ben.get(f"{path}.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    assert ben.get(f"{path}/badge.jwt").text.count(".") == 2
    assert client_of(cast.carla).get(f"{path}.pdf").status_code == 404
    assert "You have no certificate yet." in client_of(cast.carla).get("/my-certificates").text


def test_the_pdf_has_a_title_a_language_and_the_fonts_of_the_house():
    text = CertificateText("Larkspur", "Zoë Łękotka", "Talking with customers", NOW.date(), None, "abc", "x/verify/abc")
    data = certificate_pdf(text)
    assert data == certificate_pdf(text)
    for part in (rb"/Title", rb"/Lang", rb"/DisplayDocTitle true", rb"Inter"):
        assert part in data, part
    long = CertificateText("L", "A name " * 20, "A course " * 30, NOW.date(), NOW.date(), "abc", "")
    assert certificate_pdf(long).startswith(b"%PDF-")


def test_anybody_with_the_code_can_check_it_and_no_engine_indexes_it(client, certificate, cast, statements):
    with statements() as sent:
        answer = client.get(f"/verify/{certificate.code}")
    assert len(sent) <= 12, str(sent)
    assert answer.status_code == 200
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert re.search('<meta name="robots" content="noindex', answer.text)
    for words in (cast.ben.name, "Small talk", "This certificate holds"):
        assert words in answer.text
    assert cast.ben.email not in answer.text
    assert client.get(f"/verify?code={certificate.code.upper()}").status_code == 200
    assert client.get("/verify").status_code == 200


def test_an_unknown_code_and_a_withdrawn_page_answer_alike(client, client_of, certificate, cast):
    unknown = client.get("/verify/zzzz")
    ben, path = client_of(cast.ben), f"/my-certificates/{certificate.id}"
    ben.post(f"{path}/withdraw")
    withdrawn = client.get(f"/verify/{certificate.code}")
    assert unknown.status_code == withdrawn.status_code == 404
    assert cast.ben.name not in withdrawn.text
    ben.post(f"{path}/show")
    assert client.get(f"/verify/{certificate.code}").status_code == 200


def test_the_owner_can_switch_public_pages_off(client, client_of, certificate, cast):
    change_settings({"public_certificates": "no"}, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    assert client.get(f"/verify/{certificate.code}").status_code == 404
    for address in ("/badges/issuer", "/badges/revocations", f"/badges/achievements/{certificate.course_id}"):
        assert client.get(address).status_code == 404
    assert "verify" not in client_of(cast.ben).get("/my-certificates").text


def test_codes_cannot_be_asked_for_without_end(client, certificate):
    answers = [client.get("/verify/zzzz").status_code for _ in range(MOST + 1)]
    assert answers[:MOST] == [404] * MOST
    assert answers[-1] == 429
    questions.forget()


def test_an_allowance_begins_anew_after_a_minute_and_counts_each_visitor_alone():
    allowance = Allowance(most=2)
    assert [allowance.allows("a", NOW) for _ in range(3)] == [True, True, False]
    assert allowance.allows("b", NOW)
    assert allowance.allows("a", NOW.replace(minute=NOW.minute + 1))


def test_the_owner_lists_issues_again_and_revokes(client_of, certificate, cast, statements):
    petra = client_of(cast.petra)
    with statements() as sent:
        text = petra.get("/certificates").text
    assert len(sent) <= 12, str(sent)
    assert cast.ben.name in text
    for state, words in (("valid", cast.ben.name), ("expired", "No certificate fits"), ("in window", "No certificate")):
        assert words in petra.get(f"/certificates?state={state}").text
    with statements() as sent:
        petra.get(f"/certificates/{certificate.id}")
    assert len(sent) <= 12, str(sent)
    petra.post(f"/certificates/{certificate.id}/reissue")
    old, new = certificates_of(cast.ben)
    assert old.revoked_at is not None
    assert petra.get(f"/certificates/{new.id}.pdf").mimetype == "application/pdf"
    assert petra.post(f"/certificates/{new.id}/revoke", data={"reason": ""}).status_code == 422
    petra.post(f"/certificates/{new.id}/revoke", data={"reason": "Mistaken identity."})
    assert "Mistaken identity." in petra.get(f"/certificates/{new.id}").text
    assert "Mistaken identity." in client_of(cast.ben).get("/my-certificates").text
    public = client_of(cast.carla).get(f"/verify/{new.code}").text
    assert "no longer holds" in public
    assert "Mistaken identity." not in public


def test_how_a_course_certifies_is_set_and_ended_on_a_page(client_of, school, cast, statements):
    petra, path = client_of(cast.petra), f"/certification/{school.course_id}"
    with statements() as sent:
        petra.get(path)
    assert len(sent) <= 12, str(sent)
    wrong = petra.post(path, data={"months": "1", "window": "60", "renewal": ""})
    assert wrong.status_code == 422
    assert "longer than the certificate holds" in wrong.text
    assert petra.post(path, data={"months": "x", "window": "", "renewal": "9999"}).status_code == 422
    some = {"months": "24", "window": "30", "renewal": "some", "modules": str(school.modules["answer"])}
    assert petra.post(path, data=some).status_code == 302
    row = db.session.scalars(select(Certification)).one()
    assert (row.months, row.window_days, row.renewal_modules) == (24, 30, [school.modules["answer"]])
    petra.post(f"{path}/end")
    assert "gives no more certificates" in petra.get("/certificates").text
    assert petra.get("/certification/987654").status_code == 404


@pytest.mark.browser
def test_certificates_in_the_browser(cast, school, certificate, open_page, sign_in, check_page):
    code, path = certificate.code, f"/certificates/{certificate.id}"
    db.session.commit()
    anybody = open_page()
    anybody.goto(f"/verify/{code}")
    check_page(anybody)
    mine = open_page()
    sign_in(mine, cast.ben)
    mine.goto("/my-certificates")
    check_page(mine)
    owner = open_page()
    sign_in(owner, cast.petra)
    for address in ("/certificates", path, f"/certification/{school.course_id}"):
        owner.goto(address)
        check_page(owner)
