"""Multiple imputation of missing covariates."""
