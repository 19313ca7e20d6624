"""What happened: activity events in, outcomes credited."""
