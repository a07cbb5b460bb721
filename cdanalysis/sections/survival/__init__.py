"""Kaplan-Meier curves of an outcome, of everybody or by group."""
