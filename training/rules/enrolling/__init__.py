"""Who is enrolled by rule, until when, and who is reminded of it: days and conditions, without a database."""
