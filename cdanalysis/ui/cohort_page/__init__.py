"""Upload, matching, questions and faults."""
