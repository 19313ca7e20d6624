"""The schedules by name."""

from training.rules.practice.ladder import Ladder
from training.rules.practice.memory_model import MemoryModel
from training.rules.practice.schedule import Schedule

SCHEDULES: dict[str, Schedule] = {one.name: one for one in (MemoryModel(), Ladder())}
"""The first is the default; the setting PRACTICE_SCHEDULE chooses."""
