"""Settings that hold several things as one text, exact there and back: codes, conditions, cut-offs, a model."""
