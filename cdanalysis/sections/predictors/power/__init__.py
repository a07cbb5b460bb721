"""What the study could have found, and what the next one needs."""
