"""What the samples add to the application: commands."""

from flask import Flask

from samples import cli


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(cli.samples)
