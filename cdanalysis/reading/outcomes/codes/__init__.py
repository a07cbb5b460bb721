"""The codes of an outcome: the cells of a column of events, what each means, and what must be asked."""
