"""A model that predicts the outcome: built, judged, saved, and one from elsewhere applied."""
