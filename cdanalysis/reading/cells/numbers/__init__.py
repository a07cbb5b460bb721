"""Numbers: how they are written, in which unit, and which of them stand for nothing."""
