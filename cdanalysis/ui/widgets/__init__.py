"""Controls and outputs that pages share."""
