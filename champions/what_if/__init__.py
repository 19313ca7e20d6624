"""What a run under other settings would say."""
