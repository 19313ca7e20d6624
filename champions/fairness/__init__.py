"""Selection by group before people approve, from attributes that are kept apart and used for nothing else."""
