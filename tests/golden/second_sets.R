# What the other files pin on one data set only, on a second and a third: stratified and trend log-rank tests, late entry, strata and
# case weights in Cox models, follow-up, shares and rates, cumulative incidence and Gray's test (survival's mgus, written to datasets/mgus.csv).
# Rscript tests/golden/second_sets.R > tests/golden/reference_second_sets.json
suppressMessages({library(survival); library(cmprsk); library(jsonlite)})
folder <- "tests/golden/datasets"
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
read <- function(file) read.csv(file.path(folder, file))
m <- survival::mgus
m <- data.frame(id = m$id, sex = as.character(m$sex), age = m$age, mspike = m$mspike, time_days = ifelse(is.na(m$pctime), m$futime, m$pctime),
  status = ifelse(is.na(m$pctime), 2 * m$death, 1))
write.csv(m, file.path(folder, "mgus.csv"), row.names = FALSE, quote = FALSE)
of <- function(d, time, event) { d$t <- d[[time]]; d$e <- d[[event]]; d$entry <- ifelse(d$row %% 2 == 0, floor(d$t * 0.3), 0); d$w <- d$row %% 3 + 1; d }
numbered <- function(d) { d$row <- seq_len(nrow(d)); d }
sets <- list(lung = of(numbered(read("lung.csv")), "time_days", "event"), veteran = of(numbered(read("veteran.csv")), "time_days", "event"),
  pbc = of(numbered(read("pbc.csv")), "time_days", "event_death"))
columns <- list(lung = list(group = "sex", order = "ph_ecog", strata = "ph_ecog", x = c("age", "male")), veteran = list(group = "trt", order = "prior", strata = "celltype",
  x = c("karno", "age")), pbc = list(group = "trt", order = "stage", strata = "stage", x = c("bili", "age")))
sets$lung$male <- as.numeric(sets$lung$sex == "male")
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")), cmprsk = as.character(packageVersion("cmprsk"))))
cox_of <- function(formula, d, ...) { f <- do.call("coxph", list(formula = formula, data = d, control = tight, ...)); list(coef = unname(coef(f)), se = unname(sqrt(diag(vcov(f)))), loglik = f$loglik[2]) }
for (name in names(sets)) {
  d <- sets[[name]]; k <- columns[[name]]
  d$group <- d[[k$group]]; d$strata <- d[[k$strata]]; d$order <- d[[k$order]]
  d <- d[!is.na(d$strata) & !is.na(d$order), ]
  stratified <- survdiff(Surv(t, e) ~ group + strata(strata), data = d)
  ranked <- survdiff(Surv(t, e) ~ order, data = d); score <- seq_along(ranked$obs) - 1
  trend <- sum(score * (ranked$obs - ranked$exp))^2 / drop(t(score) %*% ranked$var %*% score)
  # The score test of the exact partial likelihood is the log-rank test with its hypergeometric variance, late entries included.
  late <- coxph(Surv(entry, t, e) ~ group, data = d, ties = "exact")$score
  at <- unname(quantile(d$t, c(0.1, 0.3, 0.5, 0.7), type = 1))
  curve <- summary(survfit(Surv(entry, t, e) ~ 1, data = d, conf.type = "log-log"), times = at)
  reverse <- summary(survfit(Surv(t, 1 - e) ~ 1, data = d, conf.type = "log-log"))$table
  late_reverse <- summary(survfit(Surv(entry, t, 1 - e) ~ 1, data = d, conf.type = "log-log"))$table
  x <- paste(k$x, collapse = " + ")
  answers[[name]] <- c(list(columns = k,
    stratified = list(call = "survdiff(~ group + strata)", chisq = stratified$chisq, p = pchisq(stratified$chisq, 1, lower.tail = FALSE)),
    trend = list(call = "scores 0, 1, 2, ... on survdiff", chisq = trend, p = pchisq(trend, 1, lower.tail = FALSE)),
    late_logrank = list(call = "coxph(Surv(entry, t, e) ~ group, ties = 'exact')$score", chisq = late, p = pchisq(late, 1, lower.tail = FALSE)),
    late_curve = list(call = "survfit(Surv(entry, t, e) ~ 1, conf.type = 'log-log')", at = at, surv = curve$surv, lower = curve$lower, upper = curve$upper),
    follow_up = list(call = "survfit(Surv(t, 1 - e) ~ 1)", median = reverse[["median"]]),
    late_follow_up = list(call = "survfit(Surv(entry, t, 1 - e) ~ 1)", median = late_reverse[["median"]], lower = late_reverse[["0.95LCL"]])),
    setNames(lapply(c("efron", "breslow"), function(ties) list(
      strata = cox_of(as.formula(paste("Surv(t, e) ~", x, "+ strata(strata)")), d, ties = ties),
      late = cox_of(as.formula(paste("Surv(entry, t, e) ~", x)), d, ties = ties),
      weights = cox_of(as.formula(paste("Surv(t, e) ~", x)), d, ties = ties, weights = d$w))), c("efron", "breslow")))
}
competing <- function(time, status, group, at) {
  fit <- summary(survfit(Surv(time, factor(status, 0:2)) ~ 1), times = at, extend = TRUE)
  tests <- cuminc(time, status, group, cencode = 0)$Tests
  list(call = "survfit(Surv(time, factor(status)) ~ 1); cuminc(time, status, group)$Tests", at = at, incidence = fit$pstate[, 2:3], se = fit$std.err[, 2:3],
    statistic = unname(tests[, "stat"]), p = unname(tests[, "pv"]))
}
answers$shares <- lapply(sets, function(d) { x <- sum(d$e); n <- nrow(d); years <- sum(d$t) / 365.25
  list(call = "prop.test(x, n, correct = FALSE); binom.test(x, n); poisson.test(x, years)", x = x, n = n, years = years,
    wilson = as.vector(prop.test(x, n, correct = FALSE)$conf.int), exact = as.vector(binom.test(x, n)$conf.int), rate = as.vector(poisson.test(x, years)$conf.int)) })
answers$competing <- list(mgus_by_sex = competing(m$time_days, m$status, m$sex, c(1000, 3000, 6000, 9000)))
cat(toJSON(answers, digits = 15, auto_unbox = TRUE, na = "null"))
