"""Survival statistics: plain arrays in, frozen results out."""
