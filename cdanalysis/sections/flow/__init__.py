"""The flow of the patients."""
