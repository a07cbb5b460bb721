"""The same curves from three times zero."""
