"""Endoscopic scores before and after."""
