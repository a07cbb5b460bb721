"""Sheets that state outcomes: of events by their name, of visits with states, and trials' tables of times to events."""
