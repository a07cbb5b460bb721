"""What every possible cut-off of a marker gives."""
