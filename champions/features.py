"""What the champions feature adds to the application: pages and commands."""

from flask import Flask

from champions import cli
from champions.backtest import job as backtest_job
from champions.backtest import views as backtest_views
from champions.contests import job as contest_job
from champions.contests import views as contest_views
from champions.fairness import views as fairness_views
from champions.naming import both_ways_views, round_views
from champions.naming import job as naming_job
from champions.naming import views as naming_views
from champions.network import views as network_views
from champions.nominations import champion_views
from champions.nominations import views as nomination_views
from champions.runs import job as run_job
from champions.runs import views as run_views
from champions.scores import views as score_views
from champions.shortlist import views as shortlist_views
from champions.what_if import views as what_if_views

__all__ = ["backtest_job", "contest_job", "install", "naming_job", "run_job"]  # importing them registers the jobs


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
        champion_views.blueprint,
        fairness_views.blueprint,
        naming_views.blueprint,
        round_views.blueprint,
        both_ways_views.blueprint,
    ):
        app.register_blueprint(blueprint)
    app.cli.add_command(cli.group)
