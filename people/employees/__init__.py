"""Employees: entering, changing, listing."""
