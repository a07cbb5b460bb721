"""The hazard ratios of other papers beside the cohort's own."""
