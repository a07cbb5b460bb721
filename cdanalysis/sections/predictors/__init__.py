"""Predictors of the outcome: curves by marker, Table 3, forest plot."""
