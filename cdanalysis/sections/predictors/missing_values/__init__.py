"""Who a model loses to a missing value, and multiple imputation."""
