"""What the champions feature adds to the application: pages and commands."""

from flask import Flask

from champions import (
    backtest_job,
    backtest_views,
    cli,
    contest_views,
    network_views,
    nomination_views,
    run_job,
    run_views,
    score_views,
    shortlist_views,
    what_if_views,
)

__all__ = ["backtest_job", "install", "run_job"]  # importing them registers the jobs


def install(app: Flask) -> None:
    """Register blueprints, commands and jobs."""
    for blueprint in (
        shortlist_views.blueprint,
        what_if_views.blueprint,
        backtest_views.blueprint,
        network_views.blueprint,
        run_views.blueprint,
        contest_views.mine,
        contest_views.blueprint,
        score_views.mine,
        score_views.blueprint,
        nomination_views.blueprint,
    ):
        app.register_blueprint(blueprint)
    app.cli.add_command(cli.group)
