"""What a hazard ratio leans on."""
