# Prints R's Cox coefficients at eps 1e-12 for the models that decide our tolerances: Rscript tests/golden/regenerate.R
library(survival)
here <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "datasets")
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
show <- function(file, formula) {
  data <- read.csv(file.path(here, file))
  for (ties in c("efron", "breslow")) {
    fit <- coxph(formula, data = data, ties = ties, control = tight)
    cat(file, ties, format(coef(fit), digits = 15), format(sqrt(diag(vcov(fit))), digits = 15), "\n")
  }
}
show("leukemia6mp.csv", Surv(time_weeks, event) ~ relevel(factor(treat), "placebo"))
show("lung.csv", Surv(time_days, event) ~ age + sex + factor(ph_ecog) + wt_loss)
show("veteran.csv", Surv(time_days, event) ~ trt + relevel(factor(celltype), "squamous") + karno + age)
