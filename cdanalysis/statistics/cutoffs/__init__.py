"""Searches over cut-offs, and what is left of them."""
