"""The marker as a number beside its cut."""
