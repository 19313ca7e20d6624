"""GIFT, the text format of Moodle for quick authoring."""
