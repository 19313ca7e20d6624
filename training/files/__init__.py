"""Files that people hand in and that courses show: stored by content, served safely."""
