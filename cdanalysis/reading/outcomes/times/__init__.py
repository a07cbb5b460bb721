"""The times of an outcome: their units, how precisely an end is known, and between which dates a patient is observed."""
