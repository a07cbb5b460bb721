# Fine and Gray's model, the mean cumulative function, Fleming and Harrington's weights: R's survival.
# Rscript tests/golden/further_models.R > tests/golden/reference_further_models.json
suppressWarnings(suppressMessages({library(survival); library(jsonlite)}))
f <- read.csv("tests/golden/datasets/pbc.csv")
f$log_bili <- log(f$bili); f$female <- as.numeric(f$sex == "female")
fine_gray <- function(time) {
  g <- data.frame(t = time, st = factor(f$status, 0:2), f[, c("age", "log_bili", "albumin", "female")], id = seq_len(nrow(f)))
  answers <- list()
  for (cause in 1:2) for (ties in c("efron", "breslow")) {
    rows <- finegray(Surv(t, st) ~ ., data = g, etype = cause, id = id)
    m <- suppressWarnings(coxph(Surv(fgstart, fgstop, fgstatus) ~ age + log_bili + albumin + female, weights = fgwt, data = rows,
                                id = id, robust = TRUE, ties = ties, eps = 1e-12))
    answers[[paste(cause, ties)]] <- list(coef = unname(coef(m)), se = unname(sqrt(diag(m$var))), log_likelihood = m$loglik[2],
                                          wald = m$wald.test)
  }
  answers
}
mean_cumulative <- function(d, by) {
  whole <- survfit(Surv(tstart, tstop, status) ~ 1, data = d, id = id)
  score <- coxph(as.formula(paste("Surv(tstart, tstop, status) ~", by)), data = d, id = id, cluster = id, ties = "breslow")$rscore
  at <- whole$n.event > 0
  list(rows = d, by = by, time = whole$time[at], mean = whole$cumhaz[at], se = whole$std.chaz[at], statistic = score)
}
d <- cgd[, c("id", "tstart", "tstop", "status", "treat", "sex")]
fh <- function(d) { early <- survdiff(Surv(time_days, event) ~ g, data = d, rho = 1); even <- survdiff(Surv(time_days, event) ~ g, data = d)
  list(even = even$chisq, early = early$chisq) }
v <- read.csv("tests/golden/datasets/veteran.csv"); v$g <- v$trt
l <- read.csv("tests/golden/datasets/lung.csv"); l$g <- l$sex
cat(toJSON(list(
  fine_gray = list(days = fine_gray(f$time_days), half_years = fine_gray(ceiling(f$time_days / 182.625))),
  mean_cumulative = list(cgd_treat = mean_cumulative(d, "treat"), cgd_sex = mean_cumulative(d, "sex")),
  weights = list(veteran = fh(v), lung = fh(l))), digits = 15))
