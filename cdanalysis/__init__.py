"""Survival analysis of a Crohn's disease cohort: the names offered to notebooks."""

RESULTS_VERSION = "1"
