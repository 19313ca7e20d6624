"""The owner's pages about rules for enrolment: all rules, the editor with its preview, off and on, delete and back.

The editor is one form that is sent again and again: each button does one thing, and only “Save” stores anything.
"""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, may_write, utcnow
from people.access import permission_required, reads_first
from people.permissions import Permission
from people.refusal import RefusedError
from people.roles.words import NAMES as ROLE_NAMES
from training.enrolling import rule_operations, rule_queries
from training.enrolling.job import LOOK_EVERY
from training.enrolling.models import EnrolmentRule
from training.enrolling.rule_forms import RuleForm, rule_form
from training.enrolling.rule_operations import RuleText
from training.rules.enrolling import drafts
from training.rules.enrolling.conditions import About, Definition, Result, Start, from_json
from training.rules.enrolling.words import in_words

blueprint = Blueprint("enrolment_rules", __name__)
RULE = Permission.TRAINING_ENROLMENT_RULE

KINDS = {
    About.TEAM: "Team, with those below",
    About.ROLE: "Role",
    About.SITE: "Site",
    About.LANGUAGE: "Language",
    About.STARTED: "First day of work",
    About.TRAINER: "Learner of a trainer",
    About.RESULT: "Result of another course",
}
STARTS = {Start.WITHIN: "in the last days", Start.BEFORE: "before the day", Start.AFTER: "on or after the day"}
RESULTS = {
    Result.COMPLETED: "is completed",
    Result.PASSED: "is completed with at least",
    Result.FAILED: "has a quiz that is not passed",
}


@blueprint.get("/enrolment-rules", endpoint="enrolment_rules")
@permission_required(RULE)
def all_rules() -> str:
    """Every rule in words, and how many learners it holds."""
    lines = rule_queries.rule_lines()
    minutes = int(LOOK_EVERY.total_seconds() // 60)
    return render_template("training/enrolling/rules.html", lines=lines, minutes=minutes)


@blueprint.route("/enrolment-rules/new", methods=["GET", "POST"])
@permission_required(RULE)
@reads_first
def new() -> str | Response | tuple[str, int]:
    """Write a rule."""
    return _edit(None)


@blueprint.route("/enrolment-rules/<int:rule_id>", methods=["GET", "POST"])
@permission_required(RULE)
@reads_first
def rule(rule_id: int) -> str | Response | tuple[str, int]:
    """Change a rule, with a preview of whom it would move."""
    return _edit(rule_queries.access_rule(rule_id))


@blueprint.post("/enrolment-rules/<int:rule_id>/off")
@permission_required(RULE)
def off(rule_id: int) -> Response:
    """Switch a rule off; those it brought stay, or leave."""
    found = rule_queries.access_rule(rule_id, lock=True)
    return _deed(lambda at: _switched_off(found, at))


@blueprint.post("/enrolment-rules/<int:rule_id>/on")
@permission_required(RULE)
def on(rule_id: int) -> Response:
    """Switch a rule on."""
    found = rule_queries.access_rule(rule_id, lock=True)

    def do(at: datetime) -> str:
        rule_operations.switch_on(found, actor_id=current_user.id, at=at)
        return f"“{found.name}” is on, and in effect."

    return _deed(do)


@blueprint.post("/enrolment-rules/<int:rule_id>/delete")
@permission_required(RULE)
def delete(rule_id: int) -> Response:
    """Delete a rule; it can be taken back."""
    found = rule_queries.access_rule(rule_id, lock=True)

    def do(at: datetime) -> str:
        rule_operations.delete(found, actor_id=current_user.id, at=at)
        return f"“{found.name}” is deleted. Whom it enrolled stays. It stands at the end of this page to be taken back."

    return _deed(do)


@blueprint.post("/enrolment-rules/<int:rule_id>/restore")
@permission_required(RULE)
def restore(rule_id: int) -> Response:
    """Take a deletion back."""
    found = rule_queries.access_rule(rule_id, lock=True)

    def do(at: datetime) -> str:
        rule_operations.restore(found, actor_id=current_user.id, at=at)
        return f"“{found.name}” is back, and off until you switch it on."

    return _deed(do)


def _switched_off(found: EnrolmentRule, at: datetime) -> str:
    withdrawing = request.form.get("withdraw") == "1"
    left = rule_operations.switch_off(found, withdrawing=withdrawing, actor_id=current_user.id, at=at)
    if not withdrawing:
        return f"“{found.name}” is off. Whom it enrolled stays."
    return f"“{found.name}” is off, and {left:,} learners have left the course. What they did is kept."


def _edit(found: EnrolmentRule | None) -> str | Response | tuple[str, int]:
    offered = rule_queries.offered()
    form = rule_form(offered.courses, found)
    if request.method == "GET":
        definition = from_json(found.definition) if found else None
        draft = drafts.draft_of(definition) if definition else drafts.EMPTY
        return _page(found, form, offered, draft, {}, definition)
    deed = request.form.get("deed", "save")
    draft = drafts.changed(drafts.read_draft(request.form), deed)
    definition, faults = drafts.settle(draft)
    if deed not in {"save", "preview"} and not deed.startswith("page "):
        return _page(found, form, offered, draft, {}, None)
    if not form.validate() or definition is None:
        return _page(found, form, offered, draft, faults, None), 422
    if deed != "save":
        number = deed.removeprefix("page ")
        return _page(found, form, offered, draft, {}, definition, int(number) if number.isdecimal() else 1)
    return _saved(found, form, offered, draft, definition)


def _saved(
    found: EnrolmentRule | None,
    form: RuleForm,
    offered: rule_queries.Offered,
    draft: drafts.Draft,
    definition: Definition,
) -> Response | tuple[str, int]:
    text = RuleText(form.name.data, int(form.course.data), definition, form.due_plan(), form.reminding())
    may_write()
    try:
        if found is None:
            rule_operations.write(text, actor_id=current_user.id, at=utcnow())
        else:
            locked = rule_queries.access_rule(found.id, lock=True)
            rule_operations.change(locked, text, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        db.session.rollback()
        form.course.errors = [str(error)]
        return _page(found, form, offered, draft, {}, None), 422
    db.session.commit()
    flash(f"“{text.name}” is saved and in effect." if not found or not found.switched_off_at else "Saved; still off.")
    return redirect(url_for("enrolment_rules.enrolment_rules"))


def _page(
    found: EnrolmentRule | None,
    form: RuleForm,
    offered: rule_queries.Offered,
    draft: drafts.Draft,
    faults: dict[str, str],
    definition: Definition | None,
    number: int = 1,
) -> str:
    shown = None
    course = form.course.data
    if definition is not None and course and course.isdecimal():
        rule_id = found.id if found else None
        shown = rule_queries.preview(definition, int(course), rule_id, utcnow(), min(max(number, 1), 1_000_000))
    return render_template(
        "training/enrolling/rule.html",
        rule=found,
        form=form,
        offered=offered,
        draft=draft,
        faults=faults,
        preview=shown,
        words=in_words(definition, offered.names) if definition else "",
        kinds=KINDS,
        role_names=ROLE_NAMES,
        starts=STARTS,
        results=RESULTS,
        About=About,
        MOVES=rule_queries.MOVES,
        Move=rule_queries.Move,
        most_groups=drafts.MOST_GROUPS,
    )


def _deed(do) -> Response:  # type: ignore[no-untyped-def]  # takes the moment, returns what to say
    try:
        said = do(utcnow())
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(said)
    return redirect(url_for("enrolment_rules.enrolment_rules"))
