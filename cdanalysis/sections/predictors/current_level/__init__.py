"""Whether the current level of a marker predicts the outcome."""
