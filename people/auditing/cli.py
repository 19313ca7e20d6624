"""Commands about the audit trail: verify the chain, and print its head to be noted elsewhere."""

import click
from flask.cli import AppGroup

from people.auditing import audit
from people.auditing import queries as audit_queries

trail = AppGroup("audit", help="The audit trail: who decided what about whom.")


@trail.command("verify")
def verify() -> None:
    """Verify the whole chain. The first bad row is named, and the exit code is 1."""
    fault = audit.verify()
    if fault is not None:
        raise click.ClickException(f"Row {fault.entry_id} does not fit: {fault.reason}.")
    head = audit_queries.head()
    click.echo(f"All {head.last_id if head else 0} rows fit together.")


@trail.command("head")
def head() -> None:
    """Print the number and the hash of the last row: note them elsewhere, daily, and compare."""
    found = audit_queries.head()
    click.echo(f"{found.last_id} {found.last_hash}" if found else f"0 {audit.START}")
