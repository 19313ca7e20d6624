"""Commands about jobs: `flask jobs work`, `list`, `run`, `retry`."""

import logging
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from db import db, utcnow
from jobs import operations, queries
from jobs.models import Job, JobState
from jobs.running import JobFailedError, run_waiting
from jobs.terminal import TerminalBar
from jobs.worker import Worker

group = AppGroup("jobs", help="Work that outlives a request: imports, scoring, assignment, mail.")


@group.command()
@click.option("--until-empty", is_flag=True, help="End when nothing is due, instead of waiting for more.")
@click.option("--quiet", is_flag=True, help="Say only what goes wrong.")
def work(until_empty: bool, quiet: bool) -> None:
    """Run jobs and send mail until asked to stop."""
    logging.basicConfig(level=logging.WARNING if quiet else logging.INFO, format="%(asctime)s %(message)s")
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    worker = Worker(app)
    worker.listen_to_signals()
    worker.work(until_empty=until_empty)


@group.command("list")
@click.option("--state", type=click.Choice([str(state) for state in JobState]), help="Only jobs in this state.")
@click.option("--most", default=20, show_default=True, help="How many to show.")
def list_jobs(state: str | None, most: int) -> None:
    """Show the newest jobs."""
    wanted = JobState(state) if state else None
    for job in queries.newest(wanted, most, Path(current_app.config["INSTANCE_DIR"])):
        took = "" if job.seconds is None else f"{job.seconds:.1f} s"
        click.echo(
            f"{job.id:>6}  {job.state:<8} {took:>9}  {job.title}  {job.news.message or job.error.strip()}".rstrip()
        )


@group.command()
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Put a job that failed in line again."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    try:
        operations.retry(job, at=utcnow())
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    click.echo(f"Job {job_id} waits again.")


@group.command()
@click.argument("job_id", type=int)
def run(job_id: int) -> None:
    """Run one waiting job here and now, with a progress bar."""
    job = queries.job_view(job_id, Path(current_app.config["INSTANCE_DIR"]))
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    bar = TerminalBar(job.title)
    try:
        run_waiting(job_id, show=bar)
    except JobFailedError as error:
        raise click.ClickException(str(error)) from None
    finally:
        bar.close()
    click.echo(f"Job {job_id} is done.")
