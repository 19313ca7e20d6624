"""The owner's page of the audit trail: what was decided about whom, by whom, and whether the chain is whole."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from people.access import permission_required
from people.auditing import audit
from people.auditing import queries as audit_queries
from people.auditing import words as audit_words
from people.permissions import Permission
from web import page_number, zone_of

blueprint = Blueprint("audit_pages", __name__)

FINGERPRINT = 12
"""How many characters of a hash are shown; enough to compare with what was noted elsewhere."""


@blueprint.get("/audit", endpoint="audit")
@permission_required(Permission.PEOPLE_AUDIT_VIEW)
def trail() -> str:
    """The rows, newest first, narrowed by person and verb; with `check` the whole chain is verified."""
    person, verb = request.args.get("person", "").strip(), request.args.get("verb", "")
    page = audit_queries.lines_page(person, audit.Verb(verb) if verb in set(audit.Verb) else None, page_number())
    teams, zone = audit_queries.team_names(list(page.rows)), zone_of(current_user.time_zone)
    checked = "check" in request.args
    return render_template(
        "people/audit.html",
        page=page,
        lines=[(line, audit_words.in_words(line.detail, teams, zone)) for line in page.rows],
        verbs=list(audit.Verb),
        person=person,
        verb=verb,
        checked=checked,
        fault=audit.verify() if checked else None,
        head_row=audit_queries.head(),
        last_at=audit_queries.last_at(),
        fingerprint=FINGERPRINT,
    )
