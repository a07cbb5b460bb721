# Competing risks with ties, several groups and a group that ends early: survival::survfit and cmprsk::cuminc on pbc.
# Rscript tests/golden/competing.R > tests/golden/reference_competing.json
suppressMessages({library(survival); library(cmprsk); library(jsonlite)})
f <- read.csv("tests/golden/datasets/pbc.csv")
times <- c(1, 2, 5, 9)
answers <- list()
for (name in c("days", "years", "half_years_early_end")) {
  g <- f[!is.na(f$stage), ]
  g$t <- switch(name, days = g$time_days, years = ceiling(g$time_days / 365.25), half_years_early_end = ceiling(g$time_days / 182.625))
  if (name == "half_years_early_end") { late <- g$stage == 1 & g$t > 8; g$status[late] <- 0; g$t[late] <- 8; g$status[g$stage == 2 & g$t == max(g$t[g$stage == 2])] <- 2 }
  at <- if (name == "days") times * 365.25 else if (name == "years") times else times * 2
  fit <- summary(survfit(Surv(t, factor(status, 0:2)) ~ 1, data = g), times = at, extend = TRUE)
  tests <- with(g, cuminc(t, status, stage, cencode = 0))$Tests
  answers[[name]] <- list(at = at, incidence = fit$pstate[, 2:3], se = fit$std.err[, 2:3], statistic = unname(tests[, "stat"]),
                          p = unname(tests[, "pv"]), df = unname(tests[, "df"]))
}
cat(toJSON(answers, digits = 15, pretty = TRUE))
