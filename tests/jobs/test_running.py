"""Running a job: its effect and its "done" come together or not at all."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from db import db, may_write, utcnow
from jobs import operations, registry
from jobs.models import JobState
from jobs.progress import News, news_file, read_news
from jobs.running import JobFailedError, StopWorkingError, run_next, run_now, run_waiting
from tests.support.jobs import add_one


def enqueue(kind, **payload):
    job = operations.enqueue(kind, payload, actor_id=None, at=utcnow())
    db.session.commit()
    return job.id


def test_a_job_that_succeeds_has_its_effect_once(app, effect, reread):
    job_id = enqueue("test.add")
    assert run_next(app, "one")
    assert not run_next(app, "one")
    job = reread(job_id)
    assert (job.state, job.done, job.total, job.message, job.tries) == (JobState.DONE, 2, 2, "added", 1)
    assert effect() == 1


def test_a_job_that_fails_has_no_effect_and_says_why(app, effect, reread):
    job_id = enqueue("test.fails")
    run_next(app, "one")
    job = reread(job_id)
    assert (job.state, job.error) == (JobState.FAILED, "RuntimeError: the moon is in the way")
    assert effect() == 0
    assert not run_next(app, "one")


def test_a_refusal_of_the_database_is_told_without_what_was_in_the_row(app, cast, reread):
    @registry.job("test.twice", title="A job that stores somebody twice")
    def twice(payload, progress):
        db.session.execute(text("INSERT INTO company_setting (name, value) VALUES ('a', 'Ben'), ('a', 'Ben')"))

    job_id = enqueue("test.twice")
    run_next(app, "one")
    error = reread(job_id).error
    assert error.startswith("The database refused it: ")
    assert "company_setting" in error
    assert "Ben" not in error


def test_a_job_that_cannot_succeed_gives_up_at_once_in_words_for_people(app, effect, reread):
    job_id = enqueue("test.hopeless")
    run_next(app, "one")
    job = reread(job_id)
    assert (job.state, job.error) == (JobState.DEAD, "Line 3 has no name: add one and import the file again.")
    assert effect() == 0


def test_a_job_of_a_kind_that_is_gone_gives_up_and_names_it(app, reread):
    job_id = enqueue("test.add")
    del registry._kinds["test.add"]
    run_next(app, "one")
    assert (reread(job_id).state, "test.add" in reread(job_id).error) == (JobState.DEAD, True)


def test_a_job_that_was_taken_away_has_no_effect(app, effect, reread):
    @registry.job("test.taken", title="A job that takes long", reads_first=True)
    def taken(payload, progress):
        other = Thread(target=take_it)
        other.start()
        other.join()
        may_write()
        add_one()

    def take_it():
        with app.app_context():
            held = operations.claim("two", at=utcnow() + timedelta(hours=1), lease=timedelta(hours=1))
            assert held.job_id == job_id
            db.session.commit()

    job_id = enqueue("test.taken")
    run_next(app, "one")
    assert effect() == 0
    assert (reread(job_id).worker, reread(job_id).state) == ("two", JobState.RUNNING)


def test_a_worker_that_is_asked_to_stop_gives_the_job_back(app, effect, reread):
    @registry.job("test.stopped", title="A job that is stopped")
    def stopped(payload, progress):
        add_one()
        raise StopWorkingError

    job_id = enqueue("test.stopped")
    with pytest.raises(StopWorkingError):
        run_next(app, "one")
    assert (reread(job_id).state, reread(job_id).tries) == (JobState.WAITING, 0)
    assert effect() == 0


def test_a_job_in_parts_goes_on_where_it_was(app, effect, reread):
    folder = Path(app.config["INSTANCE_DIR"])
    (folder / "go").touch()
    job_id = enqueue("test.in_parts")
    reread(job_id).checkpoint = {"parts": 3}
    db.session.commit()
    run_next(app, "one")
    (folder / "go").unlink()
    assert (reread(job_id).state, reread(job_id).checkpoint, effect()) == (JobState.DONE, {"parts": 4}, 1)


def test_progress_can_be_seen_while_the_job_holds_the_database(app, effect):
    folder, seen = Path(app.config["INSTANCE_DIR"]), []

    @registry.job("test.tells", title="A job that tells")
    def tells(payload, progress):
        add_one()
        progress.report(289, 412, "help network")
        seen.append(read_news(folder, job_id))

    job_id = enqueue("test.tells")
    run_next(app, "one")
    assert seen == [News(289, 412, "help network")]
    assert seen[0].percent == 70
    assert not news_file(folder, job_id).exists()
    assert read_news(folder, job_id) == News()


def test_news_that_cannot_be_read_are_no_news(app):
    file = news_file(Path(app.config["INSTANCE_DIR"]), 77)
    file.parent.mkdir(exist_ok=True)
    for content in ("", "{", "[]", '{"a": 1}', "7"):
        file.write_text(content)
        assert read_news(Path(app.config["INSTANCE_DIR"]), 77) == News()
    file.unlink()


def test_a_job_can_be_run_at_once_and_is_watched(app, effect, reread):
    shown = []
    job_id = run_now("test.add", {}, actor_id=None, at=utcnow(), show=shown.append)
    assert (reread(job_id).state, effect()) == (JobState.DONE, 1)
    assert News(2, 2, "added") in shown


def test_a_job_run_at_once_that_fails_raises_and_is_not_tried_again(app, effect, reread):
    with pytest.raises(JobFailedError, match="the moon is in the way"):
        run_now("test.fails", {}, actor_id=None, at=utcnow())
    assert effect() == 0
    assert not run_next(app, "one")


def test_only_a_waiting_job_can_be_run_by_hand(app, effect):
    job_id = enqueue("test.add")
    run_waiting(job_id)
    with pytest.raises(JobFailedError, match="is not waiting"):
        run_waiting(job_id)
    assert effect() == 1
