"""Text files: their encoding, the mark between their cells, their decimal mark, and their first rows."""
