"""Badges, checked by an independent reading of the specification: the bytes, the published key, nothing of ours.

Open Badges 3.0, "JSON Web Token Proof Format": header alg RS256, kid a URI that leads to a JWK (never with a private
part), typ JWT; payload the credential with iss, jti, sub, nbf and exp equal to what the credential says.
"""

import base64
import json
import stat
from datetime import datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from db import db
from tests.support.certified import a_certificate
from training.certificates import operations
from training.certificates.badge_keys import FOLDER, PRESENT, public_keys, rotate, signing_key
from training.certificates.badges import instance, signed_badge, site

PRIVATE_PARTS = {"d", "p", "q", "dp", "dq", "qi"}


def bytes_of(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def number(part: str) -> int:
    return int.from_bytes(bytes_of(part), "big")


def check_signature(token: str, jwk: dict) -> None:
    """RFC 7515, section 5.2, for RS256."""
    signed, _, signature = token.rpartition(".")
    key = RSAPublicNumbers(number(jwk["e"]), number(jwk["n"])).public_key()
    key.verify(bytes_of(signature), signed.encode("ascii"), PKCS1v15(), SHA256())


def seconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())


@pytest.fixture
def certificate(cast, school):
    return a_certificate(school, cast.ben, cast)


def own_path(address: str) -> str:
    assert address.startswith(site())
    return address.removeprefix(site())


def test_a_badge_is_what_the_specification_asks_for(certificate, client):
    token = signed_badge(certificate)
    header, payload = (json.loads(bytes_of(part)) for part in token.split(".")[:2])
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert set(header) == {"alg", "typ", "kid"}
    jwk = client.get(own_path(header["kid"])).json
    assert (jwk["kty"], jwk["kid"]) == ("RSA", header["kid"].rpartition("/")[2])
    assert not set(jwk) & PRIVATE_PARTS
    check_signature(token, jwk)
    assert payload["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert payload["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context")
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(payload["type"])
    assert payload["iss"] == payload["issuer"]["id"]
    assert payload["jti"] == payload["id"]
    assert payload["sub"] == payload["credentialSubject"]["id"]
    assert payload["nbf"] == seconds(payload["validFrom"])
    assert payload["exp"] == seconds(payload["validUntil"])
    assert "proof" not in payload


def test_what_a_badge_refers_to_is_found_at_its_addresses(certificate, client):
    payload = json.loads(bytes_of(signed_badge(certificate).split(".")[1]))
    issuer = client.get(own_path(payload["issuer"]["id"])).json
    assert issuer["id"] == payload["issuer"]["id"]
    assert "Profile" in issuer["type"]
    achievement = payload["credentialSubject"]["achievement"]
    found = client.get(own_path(achievement["id"])).json
    assert {key: found[key] for key in achievement} == achievement
    assert achievement["criteria"]["narrative"]
    assert client.get(own_path(payload["id"])).status_code == 200
    listed = client.get(own_path(payload["credentialStatus"]["id"])).json
    assert (payload["credentialStatus"]["type"], listed["revokedCredential"]) == ("1EdTechRevocationList", [])
    keys = client.get("/badges/keys").json["keys"]
    assert all(not set(key) & PRIVATE_PARTS for key in keys)


def test_a_changed_badge_does_not_check(certificate, client):
    token = signed_badge(certificate)
    header, payload, signature = token.split(".")
    changed = bytes_of(payload).replace(b"Ben", b"Bea")
    forged = f"{header}.{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}.{signature}"
    with pytest.raises(InvalidSignature):
        check_signature(forged, public_keys(instance())[0])


def test_the_key_is_the_owners_alone_and_a_rotation_keeps_old_badges_good(certificate, client):
    token = signed_badge(certificate)
    file = instance() / FOLDER / PRESENT
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = signing_key(instance()).name
    after = rotate(instance()).name
    assert after != before
    kid = json.loads(bytes_of(token.split(".")[0]))["kid"]
    check_signature(token, client.get(own_path(kid)).json)
    assert [key["kid"] for key in public_keys(instance())] == [after, before]
    assert not any("PRIVATE" in one.read_text() for one in (instance() / FOLDER).glob("*.json"))


def test_the_command_checks_a_badge_and_names_what_is_wrong(certificate, cli, tmp_path, cast):
    file = tmp_path / "badge.jwt"
    token = signed_badge(certificate)
    code = certificate.id
    db.session.commit()

    def said(text: str) -> tuple[int, str]:
        file.write_text(text)
        answer = cli.invoke(args=["training", "verify-badge", str(file)])
        return answer.exit_code, answer.output

    assert said(token)[0] == 0
    assert "the badge holds" in said(token)[1]
    header, payload, signature = token.split(".")
    for wrong, words in (
        ("no badge", "not a signed badge"),
        (f"{header}.{payload[:-8]}{payload[-4:]}.{signature}", "signature is wrong"),
        (f"{header}.{payload}.{signature[:-6]}AAAAAA", "signature is wrong"),
    ):
        exit_code, output = said(wrong)
        assert exit_code == 1
        assert words in output
    assert "older ones still check" in cli.invoke(args=["training", "rotate-badge-key"]).output
    assert said(token)[0] == 0
    row = db.session.get_one(type(certificate), code)
    operations.revoke(row, reason="Mistaken.", actor_id=cast.petra.id, at=row.issued_at)
    db.session.commit()
    assert "was revoked" in said(token)[1]


def test_a_badge_of_another_key_and_an_expired_one_are_refused(certificate, cli, tmp_path):
    certificate.expires_on = certificate.valid_from
    file = tmp_path / "badge.jwt"
    file.write_text(signed_badge(certificate))
    db.session.commit()
    answer = cli.invoke(args=["training", "verify-badge", str(file)])
    assert "It expired on" in answer.output
    foreign = base64.urlsafe_b64encode(b'{"alg":"RS256","kid":"https://other.example/key"}').decode()
    file.write_text(f"{foreign}.e30.AAAA")
    assert "none of ours" in cli.invoke(args=["training", "verify-badge", str(file)]).output
