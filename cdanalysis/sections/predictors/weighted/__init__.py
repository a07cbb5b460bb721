"""Curves of groups made alike by weights."""
