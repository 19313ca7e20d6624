"""Who is good: scoring runs, nominations, champions."""
