"""What each sheet and column is: names, units, layouts, identifiers, and the corrections of a reader."""
