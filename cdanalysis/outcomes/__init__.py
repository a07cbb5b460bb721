"""From a patient's course to an outcome: index rules, endpoints, groups, covariates."""
