"""Files for others: the template today."""
