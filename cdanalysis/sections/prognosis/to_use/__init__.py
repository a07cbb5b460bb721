"""A model that is large enough, to use: decision curve, risk groups, points, nomogram and calculator."""
