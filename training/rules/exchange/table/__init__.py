"""Questions as a table (CSV), one a row."""
