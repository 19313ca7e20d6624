"""What the training feature adds to the application: pages, commands, and who the learners of a trainer are."""

from flask import Flask

from people.access import register_learners_of
from training import attempt_views, cli, learning_views
from training.access import learners_of


def install(app: Flask) -> None:
    """Register blueprints and commands, and tell the doors who learns from whom."""
    register_learners_of(learners_of)
    for blueprint in (learning_views.portal, learning_views.blueprint, attempt_views.blueprint):
        app.register_blueprint(blueprint)
    app.cli.add_command(cli.group)
