"""The trainer's learners and how they get on."""
