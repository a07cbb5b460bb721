"""Relapse by every definition: what each is made of, and who changes status."""
