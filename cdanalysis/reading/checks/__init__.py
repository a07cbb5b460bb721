"""What is wrong with values that could be read: impossible, contradictory, suspicious."""
