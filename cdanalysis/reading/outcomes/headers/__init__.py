"""What a header says of an outcome, in the words of several languages, and which headers an outcome takes."""
