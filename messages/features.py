"""What the messages feature adds to the application."""

from flask import Flask

from messages import models

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Register what messages need."""
