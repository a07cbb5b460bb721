"""One folder a section of the paper, each with its own analysis, figures, tables, words and section."""
