"""The rows of a table: its header, those that are no patients, those by visit, those that are one patient."""
