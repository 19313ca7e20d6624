"""When a question comes back after its module, how many a day, and how much is still known later."""
