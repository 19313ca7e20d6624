"""Pure scoring: columns in, one explained result out. No database, no framework."""
