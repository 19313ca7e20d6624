"""What the activity feature adds to the application: pages, commands, jobs."""

from flask import Flask

from activity import cli, import_job, mapping_views, text_models, views

__all__ = ["import_job", "install", "mapping_views", "text_models"]  # importing them registers jobs, pages, tables


def install(app: Flask) -> None:
    """Register blueprints and commands."""
    app.register_blueprint(views.blueprint)
    app.cli.add_command(cli.group)
