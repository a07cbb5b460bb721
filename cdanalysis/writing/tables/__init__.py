"""Tables that belong to no section."""
