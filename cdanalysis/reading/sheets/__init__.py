"""The sheets of a file, or of several: what each holds, which are one, which belong to the same patients."""
