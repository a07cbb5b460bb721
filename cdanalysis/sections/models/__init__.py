"""What several sections fit: candidates, screening, rows of a model."""
