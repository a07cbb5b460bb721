"""The multivariable model as a prediction."""
