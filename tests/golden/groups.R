# Competing risks with intervals (pbc by stage; the bundled cohort's rows, datasets/demo_relapse.csv): survival, cmprsk.
# Rscript tests/golden/groups.R > tests/golden/reference_groups.json
suppressMessages({library(survival); library(cmprsk); library(survminer); library(jsonlite)})
pbc <- subset(read.csv("tests/golden/datasets/pbc.csv"), !is.na(stage))
demo <- read.csv("tests/golden/datasets/demo_relapse.csv", na.strings = "")
incidence <- function(time, type, group, at) {
  one <- function(kind) {
    fit <- summary(survfit(Surv(time, factor(type, 0:2)) ~ group, conf.type = kind), times = at, extend = TRUE)
    list(value = fit$pstate[, 2], lower = fit$lower[, 2], upper = fit$upper[, 2], other = fit$pstate[, 3])
  }
  tests <- cuminc(time, type, group, cencode = 0)$Tests
  list(at = at, log = one("log"), `log-log` = one("log-log"), plain = one("plain"), statistic = unname(tests[, "stat"]),
       p = unname(tests[, "pv"]))
}
low_first <- function(x) factor(x, levels = rev(sort(unique(x))))  # "CRP > 10" sorts before "CRP ≤ 10"
answers <- list(
  versions = list(R = as.character(getRversion()), survival = as.character(packageVersion("survival")), cmprsk = as.character(packageVersion("cmprsk"))),
  incidence = list(
    pbc = incidence(pbc$time_days, pbc$status, pbc$stage, c(500, 1500, 3000)),
    demo = with(demo, incidence(months, type, low_first(crp), c(12, 24, 36, 48, 60)))))
cat(toJSON(answers, digits = 15, pretty = TRUE, auto_unbox = FALSE, na = "null"))
