"""What was chosen, in words: conventions, definitions, cut-offs, and what differs between two settings."""
