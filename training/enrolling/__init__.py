"""Enrolment by rule, due dates, reminders, extensions and leave."""
