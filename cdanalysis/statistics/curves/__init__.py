"""Survival curves: Kaplan-Meier, log-rank, restricted means, Turnbull."""
