"""All pages and the command of the editor: importing them puts them where they belong."""

from training.authoring import cli
from training.authoring.views import (
    draft_views,
    history_views,
    look_views,
    package_views,
    part_views,
    picture_views,
    publish_views,
    shown_parts,
)
from training.authoring.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "cli",
    "draft_views",
    "history_views",
    "look_views",
    "package_views",
    "part_views",
    "picture_views",
    "publish_views",
    "shown_parts",
]
