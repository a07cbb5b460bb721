"""Describing and comparing groups: tests of Table 1, paired tests, proportions."""
