"""What the reports feature adds to the application: pages and commands."""

from flask import Flask

from reports import cli, views
from reports.effect import views as effect_views


def install(app: Flask) -> None:
    """Register the blueprint and the commands."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(effect_views.blueprint)
    app.cli.add_command(cli.group)
