"""The disease indices: what one is, a row each, their components, columns and the endoscopic scores."""
