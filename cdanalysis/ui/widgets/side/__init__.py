"""The settings at the side of a page: a widget each, in groups, and what differs from the default."""
