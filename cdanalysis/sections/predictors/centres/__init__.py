"""A marker's ratio where patients were treated in several centres."""
