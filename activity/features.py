"""What the activity feature adds to the application: pages, commands, jobs."""

from flask import Flask

from activity import cli, import_job, text_models

__all__ = ["import_job", "install", "text_models"]  # importing them registers jobs and tables


def install(app: Flask) -> None:
    """Register blueprints and commands."""
    app.cli.add_command(cli.group)
