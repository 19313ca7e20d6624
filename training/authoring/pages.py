"""All pages of the editor: importing them puts their addresses into the one blueprint."""

from training.authoring.views import draft_views, history_views, part_views, publish_views, shown_parts
from training.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "draft_views", "history_views", "part_views", "publish_views", "shown_parts"]
