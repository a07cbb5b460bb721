"""What may be passed on of an output: small counts masked, the others rounded, nothing of a single patient."""
