"""The study's printed results beside those of the cohort."""
