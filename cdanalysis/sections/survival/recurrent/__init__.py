"""Several events of one patient."""
