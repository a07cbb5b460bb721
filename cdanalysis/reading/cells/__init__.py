"""From raw cells to values: numbers, dates, durations, words, by the whole column."""
