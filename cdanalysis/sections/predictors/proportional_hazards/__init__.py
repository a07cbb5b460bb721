"""Whether the hazard ratios hold over time."""
