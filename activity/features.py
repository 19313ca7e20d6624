"""What the activity feature adds to the application: pages, commands, jobs."""

from flask import Flask

from activity import cli, text_models
from activity.imports import job as import_job
from activity.imports import mapping_views, views

__all__ = ["import_job", "install", "mapping_views", "text_models"]  # importing them registers jobs, pages, tables


def install(app: Flask) -> None:
    """Register blueprints and commands."""
    app.register_blueprint(views.blueprint)
    app.cli.add_command(cli.group)
