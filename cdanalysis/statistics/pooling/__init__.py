"""Ratios of several studies or centres put together."""
