"""A marker's curves under its cut-off handle."""
