"""What a badge says: the JSON of an Open Badges 3.0 credential, its issuer, its achievement, and its JWT claims.

Source: 1EdTech, Open Badges Specification 3.0, sections on the data model and on the JSON Web Token proof format. The
payload is the credential itself with the claims exp, iss, jti, nbf and sub beside its properties.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


@dataclass(frozen=True)
class BadgeFacts:
    """What is certified. All addresses begin with `site`, which has no slash at its end."""

    site: str
    issuer: str
    code: str
    holder: str
    course_id: int
    course: str
    summary: str
    language: str
    valid_from: date
    expires_on: date | None


def issuer_profile(site: str, name: str) -> dict[str, Any]:
    """The issuer as others find it at its stable address."""
    return {"id": f"{site}/badges/issuer", "type": ["Profile"], "name": name or "Sharpshooter", "url": site}


def achievement(site: str, course_id: int, title: str, summary: str, language: str) -> dict[str, Any]:
    """What is achieved: a course, with what it takes."""
    narrative = f"Every lesson of “{title}” was read and every quiz passed."
    return {
        "id": f"{site}/badges/achievements/{course_id}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": title,
        "description": summary or title,
        "criteria": {"narrative": narrative},
        "inLanguage": language,
    }


def credential(facts: BadgeFacts) -> dict[str, Any]:
    """The credential. The subject is the certificate's own address: no address of a person is given away."""
    page = f"{facts.site}/verify/{facts.code}"
    name = {"type": "IdentityObject", "identityType": "name", "identityHash": facts.holder, "hashed": False}
    what = achievement(facts.site, facts.course_id, facts.course, facts.summary, facts.language)
    made = {
        "@context": CONTEXT,
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.course,
        "issuer": issuer_profile(facts.site, facts.issuer),
        "validFrom": _stamp(_begin(facts.valid_from)),
        "credentialSubject": {
            "id": f"{page}#holder",
            "type": ["AchievementSubject"],
            "identifier": [name],
            "achievement": what,
        },
        "credentialStatus": {"id": f"{facts.site}/badges/revocations", "type": "1EdTechRevocationList"},
    }
    if facts.expires_on is not None:
        made["validUntil"] = _stamp(_end(facts.expires_on))
    return made


def claims(facts: BadgeFacts) -> dict[str, Any]:
    """The payload of the JWT."""
    made = credential(facts)
    payload = made | {
        "iss": made["issuer"]["id"],
        "jti": made["id"],
        "sub": made["credentialSubject"]["id"],
        "nbf": int(_begin(facts.valid_from).timestamp()),
    }
    if facts.expires_on is not None:
        payload["exp"] = int(_end(facts.expires_on).timestamp())
    return payload


def revocation_list(site: str, codes: list[str]) -> dict[str, Any]:
    """Which badges are revoked. The reasons are nobody's business outside."""
    revoked = [{"id": f"{site}/verify/{code}", "revoked": True} for code in codes]
    return {"id": f"{site}/badges/revocations", "issuer": f"{site}/badges/issuer", "revokedCredential": revoked}


def faults_in(payload: dict[str, Any], at: datetime) -> list[str]:
    """What is wrong with the payload of a badge whose signature is right, in words; empty if nothing is."""
    faults = [] if "OpenBadgeCredential" in payload.get("type", []) else ["It is not an Open Badges 3.0 credential."]
    issuer, subject = payload.get("issuer"), payload.get("credentialSubject")
    pairs = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "jti": payload.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
    }
    for claim, value in pairs.items():
        if value is None or payload.get(claim) != value:
            faults.append(f"The claim {claim} is not what the credential says.")
    begin, end = _moment(payload.get("validFrom")), _moment(payload.get("validUntil"))
    if begin is None or payload.get("nbf") != int(begin.timestamp()):
        faults.append("The claim nbf is not the day from which the credential is valid.")
    elif at < begin:
        faults.append("It is not valid yet.")
    if ("exp" in payload or end) and (end is None or payload.get("exp") != int(end.timestamp())):
        faults.append("The claim exp is not the day until which the credential is valid.")
    elif end is not None and at > end:
        faults.append(f"It expired on {end.date().isoformat()}.")
    return faults


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date) -> datetime:
    """The last second of a day."""
    return _begin(day) + timedelta(days=1, seconds=-1)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
