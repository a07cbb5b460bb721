"""One line per patient."""
