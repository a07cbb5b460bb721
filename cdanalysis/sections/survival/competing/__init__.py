"""Events that compete with the outcome."""
