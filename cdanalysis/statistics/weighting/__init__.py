"""Groups made alike by weights."""
