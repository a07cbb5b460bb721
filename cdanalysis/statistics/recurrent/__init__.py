"""Events that can happen to one patient more than once."""
