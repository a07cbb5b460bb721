"""The hazard ratio within levels of other factors, and adjusted survival."""
