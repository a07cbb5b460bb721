"""What a column looks like: identifiers, kinds of cells, what is suspected of a match."""
