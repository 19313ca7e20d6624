"""The pages about jobs, and the commands."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db import db, utcnow
from jobs import operations
from jobs.models import Job, JobState
from jobs.progress import News, news_file, write_news
from jobs.running import run_next
from jobs.terminal import TerminalBar
from jobs.wording import headline


@pytest.fixture
def owner(client_of, cast):
    """The programme owner's client."""
    return client_of(cast.petra)


def add_job(kind="test.add", **values):
    job = operations.enqueue(kind, {}, actor_id=values.pop("actor_id", None), at=values.pop("at", utcnow()))
    for name, value in values.items():
        setattr(job, name, value)
    db.session.commit()
    return job.id


def add_running(app, done=289, total=412, **values):
    at = utcnow()
    job_id = add_job(
        state=JobState.RUNNING,
        tries=1,
        started_at=at - timedelta(seconds=20),
        lease_until=at + timedelta(hours=1),
        worker="one",
        **values,
    )
    write_news(news_file(Path(app.config["INSTANCE_DIR"]), job_id), News(done, total, "Step 3 of 5: help network"))
    return job_id


def counts(**numbers):
    return {state: numbers.get(state.value, 0) for state in JobState}


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ({}, "No job has run yet."),
        ({"done": 31}, "Nothing is running; 31 jobs are done."),
        ({"done": 1}, "Nothing is running; 1 job is done."),
        ({"running": 1, "waiting": 1, "failed": 1, "done": 4}, "One job is running, two waiting."),
        ({"waiting": 3}, "No jobs are running, three waiting."),
        ({"dead": 1, "running": 2}, "One job gave up and waits for you."),
        ({"dead": 14}, "14 jobs gave up and wait for you."),
    ],
)
def test_the_headline_answers_whether_there_is_something_to_do(numbers, says):
    assert headline(counts(**numbers)) == says


def test_the_list_shows_who_began_what_and_what_came_of_it(owner, cast):
    add_job(state=JobState.DONE, message="118 outcomes taken, 2 rejected", actor_id=cast.petra.id)
    add_job(state=JobState.DEAD, tries=3, error="The mail server refused: “mailbox full”.")
    page = owner.get("/jobs").text
    assert "118 outcomes taken, 2 rejected" in page
    assert "Petra Lindqvale" in page
    assert "mailbox full" in page
    assert "One job gave up and waits for you." in page


def test_the_list_can_be_narrowed_to_a_state_and_is_paged(owner):
    for number in range(60):
        add_job(state=JobState.DONE, title=f"Job number {number}.")
    add_job(state=JobState.DEAD, title="The dead one.")
    assert "The dead one." not in owner.get("/jobs?state=done").text
    assert "Job number 3." not in owner.get("/jobs?state=dead").text
    assert "The dead one." in owner.get("/jobs?state=dead").text
    assert "Job number 0." in owner.get("/jobs?page=2").text
    assert owner.get("/jobs?state=nonsense&page=-4").status_code == 200
    assert owner.get("/jobs?page=900").status_code == 200


@pytest.mark.parametrize("number", [0, 1, 120])
def test_the_list_costs_the_same_whatever_the_number_of_jobs(owner, cast, statements, number):
    for _ in range(number):
        add_job(actor_id=cast.petra.id)
    with statements() as sent:
        assert owner.get("/jobs").status_code == 200
    assert len(sent) <= 6, str(sent)


def test_a_running_job_tells_how_far_it_is(app, owner):
    job_id = add_running(app)
    answer = owner.get(f"/jobs/{job_id}/progress").json
    assert answer == {
        "state": "running",
        "over": False,
        "percent": 70,
        "standing": "Step 3 of 5: help network · 289 of 412 · about 9 s left",
    }
    page = owner.get(f"/jobs/{job_id}").text
    assert 'value="70"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_job_whose_total_is_not_known_shows_no_percent(app, owner):
    job_id = add_running(app, done=5000, total=0)
    assert owner.get(f"/jobs/{job_id}/progress").json["percent"] is None
    assert "5,000 so far" in owner.get(f"/jobs/{job_id}").text


def test_a_job_that_is_over_is_said_to_be_over(owner):
    job_id = add_job(state=JobState.DONE)
    assert owner.get(f"/jobs/{job_id}/progress").json["over"] is True
    assert "refresh" not in owner.get(f"/jobs/{job_id}").text


def test_a_dead_job_can_be_tried_again(app, owner, effect):
    job_id = add_job(state=JobState.DEAD, tries=5, error="no luck")
    assert "no luck" in owner.get(f"/jobs/{job_id}").text
    assert owner.post(f"/jobs/{job_id}/retry").location == f"/jobs/{job_id}"
    assert "in line again" in owner.get(f"/jobs/{job_id}").text
    db.session.commit()
    assert run_next(app, "one")
    assert effect() == 1


def test_a_job_that_is_done_cannot_be_tried_again(owner):
    job_id = add_job(state=JobState.DONE)
    assert owner.post(f"/jobs/{job_id}/retry").status_code == 409
    assert owner.post("/jobs/999/retry").status_code == 404
    assert db.session.get_one(Job, job_id).state == JobState.DONE


@pytest.mark.parametrize("person", ["ben", "amara", "dev", "rafa"])
def test_only_the_owner_sees_jobs(cast, client_of, person):
    job_id = add_job(state=JobState.DEAD, tries=5)
    client = client_of(getattr(cast, person))
    addresses = ("/jobs", f"/jobs/{job_id}", f"/jobs/{job_id}/progress")
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    assert client.post(f"/jobs/{job_id}/retry").status_code == 403


def test_the_bar_moves_and_the_page_says_when_the_job_is_over(app, cast, page, sign_in, check_page, shot):
    job_id = add_running(app, title="Scoring run 15")
    sign_in(page, cast.petra).goto(f"/jobs/{job_id}")
    check_page(page)
    write_news(news_file(Path(app.config["INSTANCE_DIR"]), job_id), News(390, 412, "Step 5 of 5: writing"))
    page.wait_for_selector("progress[value='94']")
    assert "Step 5 of 5: writing" in page.locator("[data-standing]").text_content()
    job = db.session.get_one(Job, job_id)
    job.state, job.lease_until, job.ended_at, job.message = JobState.DONE, None, utcnow(), "289 people were scored"
    db.session.commit()
    page.wait_for_selector("h1:has-text('is done')")
    assert "289 people were scored" in page.content()
    check_page(page)


def test_without_script_the_page_refreshes_itself(app, cast, open_page, sign_in):
    page = open_page(script=False)
    job_id = add_running(app)
    sign_in(page, cast.petra).goto(f"/jobs/{job_id}")
    job = db.session.get_one(Job, job_id)
    job.state, job.lease_until, job.ended_at = JobState.DONE, None, utcnow()
    db.session.commit()
    page.wait_for_selector("h1:has-text('is done')")


def test_the_list_is_sound_with_every_state_and_without_any(app, cast, page, sign_in, check_page, shot):
    sign_in(page, cast.petra).goto("/jobs")
    check_page(page)
    shot(page, "jobs-empty")
    ago = utcnow() - timedelta(minutes=12)
    add_job(state=JobState.DONE, title="Import 30, outcomes", message="118 outcomes taken, 2 rejected",
            actor_id=cast.petra.id, started_at=ago, ended_at=ago + timedelta(seconds=1.1))  # fmt: skip
    add_job(state=JobState.DEAD, tries=3, title="Import 29, activity", started_at=ago, ended_at=ago,
            error="Line 3 has no name: add one and import the file again.")  # fmt: skip
    add_job(state=JobState.FAILED, tries=1, title="Backtest", error="OSError: no space left on device")
    add_job(title="Assignment of wave 2", actor_id=cast.petra.id)
    add_running(app, title="Scoring run 15")
    page.goto("/jobs")
    check_page(page)
    shot(page, "jobs")
    page.goto("/jobs/2")
    check_page(page)
    shot(page, "job-dead")


def test_the_command_lists_and_retries(cli, effect):
    job_id = add_job(state=JobState.DEAD, tries=5, error="no luck")
    done = add_job(state=JobState.DONE, title="The done one", message="well")
    listed = cli.invoke(args=["jobs", "list"]).output
    assert "no luck" in listed
    assert "The done one  well" in listed
    assert "The done one" not in cli.invoke(args=["jobs", "list", "--state", "dead"]).output
    assert cli.invoke(args=["jobs", "retry", str(job_id)]).output == f"Job {job_id} waits again.\n"
    refused = cli.invoke(args=["jobs", "retry", str(done)])
    assert (refused.exit_code, "only one that failed" in refused.output) == (1, True)
    assert "There is no job 99" in cli.invoke(args=["jobs", "retry", "99"]).output
    assert cli.invoke(args=["jobs", "run", str(job_id)]).output.endswith(f"Job {job_id} is done.\n")
    assert "is not waiting" in cli.invoke(args=["jobs", "run", str(job_id)]).output
    assert effect() == 1
    db.session.commit()


def test_the_command_says_why_a_job_failed(cli, effect):
    job_id = add_job(kind="test.hopeless")
    result = cli.invoke(args=["jobs", "run", str(job_id)])
    assert (result.exit_code, "Line 3 has no name" in result.output) == (1, True)
    assert db.session.scalars(select(Job.state)).all() == [JobState.DEAD]


class Terminal(io.StringIO):
    """An output that somebody watches."""

    def isatty(self):
        return True


def test_the_bar_on_a_terminal_is_drawn_over(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    out = Terminal()
    bar = TerminalBar("Scoring", out)
    bar(News(103, 412, "reading, a long step"))
    bar(News(412, 412, "done"))
    bar.close()
    first, second = out.getvalue().split("\r")[1:]
    assert first == "Scoring  [#######.......................]  25 %  103 of 412  reading, a long step"
    assert second.rstrip() == "Scoring  [##############################] 100 %  412 of 412  done"
    assert len(second) == len(first) + 1


def test_the_bar_in_a_file_is_a_line_now_and_then():
    out = io.StringIO()
    bar = TerminalBar("Scoring", out)
    for done in range(101):
        bar(News(done, 100, "reading"))
    bar.close()
    assert len(out.getvalue().splitlines()) == 11


def test_a_bar_never_fills_more_than_one_line_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = Terminal()
    TerminalBar("Scoring", out)(News(1, 4, "so many words that they would go on in the next line of it"))
    assert len(out.getvalue().strip("\r")) == 59
