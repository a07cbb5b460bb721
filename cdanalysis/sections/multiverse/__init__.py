"""The hazard ratio under every combination of defensible choices."""
