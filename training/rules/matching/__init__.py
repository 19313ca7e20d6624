"""Pure matching: trainers to learners by minimum-cost flow."""
