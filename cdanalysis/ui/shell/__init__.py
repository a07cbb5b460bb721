"""What every page stands in: server, guard, sign-in, frame."""
