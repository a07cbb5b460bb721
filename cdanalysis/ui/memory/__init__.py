"""What is remembered, for whom and how long."""
