"""How much a study can find: events, hazard ratios, patients."""
