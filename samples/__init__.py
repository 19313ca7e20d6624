"""The demo company and the starter courses."""
