"""Measurements in a column by visit whose names the sheet of visits need not have."""
