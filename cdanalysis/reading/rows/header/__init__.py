"""Where a table begins: the rows above its header, the header, what stands below it in place of a patient, and its end."""
