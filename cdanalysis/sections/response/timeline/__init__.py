"""One patient's timeline, opened by a click on a figure of all of them."""
