"""Rows of a table that are no patients: means, sums, notes, a second cohort; left out and named."""
