"""Checks of a Cox model: proportional hazards, influence, form, robustness, subgroups, a second library."""
