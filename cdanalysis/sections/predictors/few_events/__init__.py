"""Events per covariate, and Firth's estimates."""
