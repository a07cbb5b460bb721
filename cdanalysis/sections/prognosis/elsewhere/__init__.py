"""A model from elsewhere, applied to these patients as it is."""
