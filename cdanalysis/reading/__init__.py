"""From the bytes of a file to a cohort: one module a concern."""
