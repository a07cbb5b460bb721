"""What changes while a patient is observed."""
