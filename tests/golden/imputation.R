# Multiple imputation: Cox models on data imputed by mice, each imputation's estimates and mice::pool's answer (Rubin's rules,
# Barnard-Rubin df), a large number of imputations to compare ours with, and Nelson-Aalen's cumulative hazard:
# Rscript tests/golden/imputation.R > tests/golden/reference_imputation.json
suppressMessages({library(survival); library(mice); library(jsonlite)})
read <- function(file) read.csv(file.path("tests/golden/datasets", file))
lung <- read("lung.csv"); lung$time <- lung$time_days; lung$status <- lung$event; lung$female <- as.numeric(lung$sex == "female")
pbc <- read("pbc.csv"); pbc$time <- pbc$time_days; pbc$status <- pbc$event_death; pbc$female <- as.numeric(pbc$sex == "female")
pbc$log_trig <- log(pbc$trig); pbc$log_chol <- log(pbc$chol)
used <- list(lung = c("age", "female", "ph_ecog", "wt_loss", "meal_cal"), pbc = c("age", "female", "log_chol", "log_trig", "platelet"))
sets <- list(lung = lung, pbc = pbc)
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")), mice = as.character(packageVersion("mice"))))
for (name in names(sets)) {
  d <- sets[[name]]
  fit <- survfit(Surv(time, status) ~ 1, data = d, ctype = 1)
  d$hazard <- summary(fit, times = d$time)$cumhaz[rank(d$time, ties.method = "first")]
  hazard <- approx(fit$time, fit$cumhaz, xout = d$time, method = "constant")$y
  d$hazard <- hazard
  x <- d[, c(used[[name]], "status", "hazard")]
  models <- function(m) {
    imputed <- mice(x, m = m, maxit = 10, method = "pmm", seed = 1, printFlag = FALSE)
    lapply(1:m, function(k) { part <- complete(imputed, k); part$time <- d$time
      coxph(update(reformulate(used[[name]]), Surv(time, status) ~ .), data = part) })
  }
  few <- models(5); pooled <- summary(pool(as.mira(few)), conf.int = TRUE); details <- pool(as.mira(few))$pooled
  many <- summary(pool(as.mira(models(100))))
  answers[[name]] <- list(call = "pool(with(mice(x, m = 5, maxit = 10, method = 'pmm', seed = 1), coxph(...)))", terms = used[[name]], n_events = few[[1]]$nevent,
    coef = t(sapply(few, coef)), se = t(sapply(few, function(f) sqrt(diag(vcov(f))))), estimate = pooled$estimate, std_error = pooled$std.error,
    df = pooled$df, p = pooled$p.value, lower = pooled$`2.5 %`, upper = pooled$`97.5 %`, riv = details$riv, lambda = details$lambda, fmi = details$fmi,
    hundred_estimate = many$estimate, hundred_std_error = many$std.error, hazard = hazard)
}
cat(toJSON(answers, digits = 15, auto_unbox = TRUE, na = "null"))
