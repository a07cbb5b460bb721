"""What was understood of a file, in sentences with numbers, and what is analysed of it."""
