"""Pages of signing in: sign in, sign out, a link to choose a password, one's own account."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from db import db, may_write, utcnow
from mail import send_later
from people.access import permission_required, public, reads_first
from people.permissions import Permission
from people.sign_in import operations as sign_in_operations
from people.sign_in import passwords
from people.sign_in.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from people.viewer import load_viewer

blueprint = Blueprint("sign_in", __name__)

WRONG = "The e-mail address and the password do not fit together. Check both, or ask for a link below."
TOO_OFTEN = "Too many tries. Wait fifteen minutes, or ask for a link to choose a new password."


def is_safe_target(target: str | None) -> bool:
    """Whether `target` is a path on this site: nothing that a browser could read as another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    if any(ord(letter) < 33 or letter == "\\" for letter in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@reads_first
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in. The same answer, after the same time, for an unknown account and a wrong password."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    form = SignInForm(data={"next": request.args.get("next")})
    if request.method == "GET":
        return render_template("people/sign_in.html", form=form)
    if not form.validate_on_submit():
        return render_template("people/sign_in.html", form=form), 422
    return _try_to_sign_in(form)


def _try_to_sign_in(form: SignInForm) -> str | Response | tuple[str, int]:
    at, most = utcnow(), current_app.config["SIGN_IN_TRIES"]
    email = (form.email.data or "").strip().lower()
    keys = {f"account {email}": most, f"address {request.remote_addr}": most * 10}
    if sign_in_operations.throttled(keys, at):
        form.email.errors = [TOO_OFTEN]
        return render_template("people/sign_in.html", form=form), 429
    employee = sign_in_operations.account(email)
    stored = employee.password_hash if sign_in_operations.may_sign_in(employee, at) and employee else None
    right = passwords.is_right(stored, form.password.data or "")
    renewed = passwords.renewed(stored, form.password.data or "") if right and stored else None
    may_write()
    if not right or employee is None:
        sign_in_operations.count_try(list(keys), at)
        db.session.commit()
        form.email.errors = [WRONG]
        return render_template("people/sign_in.html", form=form), 422
    hours = current_app.config["SESSION_HOURS"]
    if stored and renewed:
        sign_in_operations.renew_hash(employee.id, stored, renewed)
    token = sign_in_operations.begin_session(employee, at=at, hours=hours, browser=str(request.user_agent))
    db.session.commit()
    session.clear()
    login_user(load_viewer(token, at))
    target = form.next.data
    return redirect(target if is_safe_target(target) else url_for("home.home"))


@blueprint.post("/sign-out")
@permission_required(Permission.PEOPLE_ACCOUNT_USE)
def sign_out() -> Response:
    """End this sign-in session on the server, not in the browser alone."""
    sign_in_operations.end_session(current_user.token, utcnow())
    db.session.commit()
    logout_user()
    session.clear()
    answer = redirect(url_for("sign_in.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> str | tuple[str, int]:
    """Send a link to choose a password. The answer never tells whether the account exists."""
    form = ForgottenForm()
    if request.method == "GET":
        return render_template("people/forgotten.html", form=form)
    if not form.validate_on_submit():
        return render_template("people/forgotten.html", form=form), 422
    at, email = utcnow(), (form.email.data or "").strip().lower()
    key = f"link {email}"
    if not sign_in_operations.throttled({key: 3, f"link address {request.remote_addr}": 60}, at):
        sign_in_operations.count_try([key, f"link address {request.remote_addr}"], at)
        employee = sign_in_operations.account(email)
        if employee is not None and sign_in_operations.may_sign_in(employee, at):
            minutes = current_app.config["RESET_MINUTES"]
            token = sign_in_operations.make_password_link(employee, at=at, minutes=minutes)
            address = current_app.config["PUBLIC_URL"].rstrip("/") + url_for("sign_in.choose", token=token)
            text = render_template(
                "people/mail/password_link.txt", name=employee.name, address=address, minutes=minutes
            )
            send_later(to=email, subject="Choose a new password", text=text, key=f"password link {token[:8]}", at=at)
    db.session.commit()
    return render_template("people/forgotten_sent.html", email=email)


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@public
@reads_first
def choose(token: str) -> str | Response | tuple[str, int]:
    """Choose a password with a link that works once."""
    form = NewPasswordForm()
    employee = sign_in_operations.link_owner(token, utcnow())
    if employee is None:
        return render_template("people/link_over.html"), 404
    if request.method == "GET":
        return render_template("people/choose.html", form=form, token=token)
    known = (employee.name, employee.email or "")
    if not _is_good(form, known):
        return render_template("people/choose.html", form=form, token=token), 422
    hashed = passwords.hash_password(form.password.data or "")
    may_write()
    at = utcnow()
    employee = sign_in_operations.link_owner(token, at)
    if employee is None:
        return render_template("people/link_over.html"), 404
    sign_in_operations.use_link(token, at)
    sign_in_operations.set_password(employee, hashed, actor_id=employee.id, at=at, keep=None)
    db.session.commit()
    flash("Your password is changed. Sign in with it.")
    return redirect(url_for("sign_in.sign_in"))


@blueprint.route("/account", methods=["GET", "POST"])
@permission_required(Permission.PEOPLE_ACCOUNT_USE)
@reads_first
def account() -> str | Response | tuple[str, int]:
    """One's own account: change the password."""
    form = ChangePasswordForm()
    if request.method == "GET":
        return render_template("people/account.html", form=form)
    at, employee = utcnow(), sign_in_operations.account(current_user.email or "")
    good = _is_good(form, (current_user.name, current_user.email or ""))
    if good and not passwords.is_right(employee.password_hash if employee else None, form.present.data or ""):
        form.present.errors, good = ["This is not your present password."], False
    if not good or employee is None:
        return render_template("people/account.html", form=form), 422
    hashed = passwords.hash_password(form.password.data or "")
    may_write()
    sign_in_operations.set_password(employee, hashed, actor_id=current_user.id, at=at, keep=current_user.token)
    db.session.commit()
    flash("Your password is changed. Your other sign-in sessions have ended.")
    return redirect(url_for("sign_in.account"))


def _is_good(form: NewPasswordForm, known: tuple[str, ...]) -> bool:
    if not form.validate_on_submit():
        return False
    problem = passwords.problem_with(form.password.data or "", known=known)
    if problem:
        form.password.errors = [problem]
    return problem is None
