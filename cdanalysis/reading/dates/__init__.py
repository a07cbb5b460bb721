"""Dates: their forms, their order in a column, what a column of them leaves open, and what two columns say of each other."""
