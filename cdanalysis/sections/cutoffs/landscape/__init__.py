"""The surface of two cut-offs, the stability of the best one, and three groups."""
