"""Outcomes as a table states them: which columns hold one, what their codes and units mean, what each patient had."""
