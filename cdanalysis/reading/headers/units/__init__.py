"""Units that a header states."""
