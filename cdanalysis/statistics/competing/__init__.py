"""Competing risks: Aalen-Johansen's estimate and Gray's test."""
