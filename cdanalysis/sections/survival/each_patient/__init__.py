"""A line a patient."""
