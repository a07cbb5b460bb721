"""What is measured over time: columns by visit or by number, and whether a patient has one row or several."""
