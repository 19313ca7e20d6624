"""What the messages feature adds to the application: pages, the digest, and the number of unread ones."""

from flask import Flask

from messages import models, periodic, views
from messages.queries import unread_number

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Register the blueprint and the periodic jobs, and tell templates how many messages are unread."""
    periodic.register()
    app.register_blueprint(views.blueprint)
    app.jinja_env.globals["unread_messages"] = unread_number
