"""The editor: drafts of courses, written in the browser and published."""
