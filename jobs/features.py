"""What the jobs feature adds to the application: pages, commands, and a job that keeps the table small."""

from flask import Flask

from jobs import cli, tidying, views


def install(app: Flask) -> None:
    """Register the blueprint and the commands."""
    tidying.register()
    app.register_blueprint(views.blueprint)
    app.cli.add_command(cli.group)
