"""`flask training ...`: check a badge, rotate the key that signs badges, do the work on certificates now."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from db import db, utcnow
from training import cli
from training.certificates import badge_keys, renewing
from training.certificates.badges import BadgeError, check_badge, instance
from training.certificates.models import Certificate

LONGEST = 100_000


@cli.group.command("verify-badge")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify_badge(file: Path) -> None:
    """Check the signed badge in FILE: signature, claims, days, and whether it was revoked. Exit code 1 if it fails."""
    text = file.read_bytes()[:LONGEST].decode("ascii", errors="replace").strip()
    try:
        payload = check_badge(text, utcnow())
    except BadgeError as error:
        raise click.ClickException(str(error)) from None
    code = str(payload["id"]).rpartition("/")[2]
    row = db.session.execute(select(Certificate.revoked_at).where(Certificate.code == code)).one_or_none()
    if row is None or row.revoked_at is not None:
        raise click.ClickException("The signature is right, but the certificate was revoked or is not known here.")
    until = payload.get("validUntil", "for good")
    click.echo(f"{payload['name']}: the badge holds, from {payload['validFrom']} until {until}.")


@cli.group.command("rotate-badge-key")
@with_appcontext
def rotate_badge_key() -> None:
    """Sign badges with a new key from now on. Badges that were signed before can still be checked."""
    key = badge_keys.rotate(instance())
    click.echo(f"The key is {key.name} now; {len(badge_keys.public_keys(instance())) - 1} older ones still check.")


@cli.group.command("certificates")
@with_appcontext
def certificates() -> None:
    """Issue certificates that are earned, open renewals and renew, now instead of with the next run of the job."""
    done = renewing.work(utcnow())
    db.session.commit()
    click.echo(f"{done.words}.")
