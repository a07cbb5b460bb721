"""What a cohort may hold: columns, markers, disease indices, each a row of a table."""
