"""Pure readers: files of records to checked, typed rows. No database, no framework."""
