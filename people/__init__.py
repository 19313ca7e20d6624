"""Who: employees, teams, roles, sign-in, the audit trail, and the doors to every object."""
