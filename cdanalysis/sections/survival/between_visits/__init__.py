"""A relapse that is known only to lie between two visits."""
