# Competing risks with intervals (pbc by stage; the bundled cohort's rows, datasets/demo_relapse.csv): survival, cmprsk.
# Rscript tests/golden/groups.R > tests/golden/reference_groups.json
suppressMessages({library(survival); library(cmprsk); library(survminer); library(jsonlite)})
pbc <- subset(read.csv("tests/golden/datasets/pbc.csv"), !is.na(stage))
demo <- read.csv("tests/golden/datasets/demo_relapse.csv", na.strings = "")
low_first <- function(x) factor(x, levels = rev(sort(unique(x))))  # "CRP > 10" sorts before "CRP ≤ 10"
incidence <- function(time, type, group, at) {
  one <- function(kind) {
    fit <- summary(survfit(Surv(time, factor(type, 0:2)) ~ group, conf.type = kind), times = at, extend = TRUE)
    list(value = fit$pstate[, 2], lower = fit$lower[, 2], upper = fit$upper[, 2], other = fit$pstate[, 3])
  }
  tests <- cuminc(time, type, group, cencode = 0)$Tests
  list(at = at, log = one("log"), `log-log` = one("log-log"), plain = one("plain"), statistic = unname(tests[, "stat"]),
       p = unname(tests[, "pv"]))
}
# Survival at a time: Klein 2007, chi-square of log(-log S), from survfit's own S and standard error; the difference by MOVER.
fixed <- function(formula, data, at) {
  fit <- summary(survfit(formula, data, conf.type = "log-log"), times = at, extend = TRUE)
  s <- fit$surv; v <- (fit$std.err / (s * log(s)))^2; phi <- log(-log(s)); w <- 1 / v
  k <- length(s); gap <- s[k] - s[1]
  list(at = at, statistic = sum(w * (phi - sum(w * phi) / sum(w))^2), last_less_first = c(gap,
    gap - sqrt((s[k] - fit$lower[k])^2 + (fit$upper[1] - s[1])^2), gap + sqrt((fit$upper[k] - s[k])^2 + (s[1] - fit$lower[1])^2)),
    last_against_first = (phi[k] - phi[1])^2 / (v[k] + v[1]))
}
lung <- read.csv("tests/golden/datasets/lung.csv")
lung$sex <- factor(lung$sex, levels = c("male", "female"))
pbc$died <- as.integer(pbc$status == 2)
pairs <- function(method) { p <- pairwise_survdiff(Surv(time_days, died) ~ stage, pbc, p.adjust.method = method)$p.value; p[!is.na(p)] }
strata <- survdiff(Surv(relapse_months, relapse) ~ low_first(crp) + strata(location), demo)
ecog <- subset(lung, ph_ecog < 3)
ecog_test <- survdiff(Surv(time_days, event) ~ ph_ecog, ecog)  # survminer's test for trend rounds its P to 4 decimals
scores <- 0:2
trend <- sum(scores * (ecog_test$obs - ecog_test$exp))^2 / c(scores %*% ecog_test$var %*% scores)
# Turnbull's estimate: survfit's steps end when the likelihood is level, hence about 4 digits.
interval <- with(demo, survfit(Surv(free_months, ifelse(relapse == 1, relapse_months, NA), type = "interval2") ~ 1))
small <- survfit(Surv(c(0, 1, 2, 3, 3, 5, 4, 6, 0), c(2, 3, 5, 3, NA, 7, 4, NA, 4), type = "interval2") ~ 1)
at <- c(12, 24, 36, 48, 60)
answers <- list(
  fixed = list(lung = fixed(Surv(time_days, event) ~ sex, lung, 365), pbc = fixed(Surv(time_days, died) ~ stage, subset(pbc, stage > 1), 1500)),
  pairs = list(none = pairs("none"), holm = pairs("holm"), bh = pairs("BH")),
  adjusted = list(p = c(0.01, 0.04, 0.03, 0.005, 0.2), holm = p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2), "holm"), bh = p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2), "BH")),
  stratified = list(statistic = strata$chisq, p = pchisq(strata$chisq, 1, lower.tail = FALSE)),
  trend = list(statistic = trend, p = pchisq(trend, 1, lower.tail = FALSE)),
  turnbull = list(at = at, survival = summary(interval, times = at)$surv, small = small$surv[small$n.event > 0]),
  versions = list(R = as.character(getRversion()), survival = as.character(packageVersion("survival")), cmprsk = as.character(packageVersion("cmprsk"))),
  incidence = list(
    pbc = incidence(pbc$time_days, pbc$status, pbc$stage, c(500, 1500, 3000)),
    demo = with(demo, incidence(months, type, low_first(crp), c(12, 24, 36, 48, 60)))))
cat(toJSON(answers, digits = 15, pretty = TRUE, auto_unbox = FALSE, na = "null"))
