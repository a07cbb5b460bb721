# Exact rank tests and the Hodges-Lehmann interval beside them, two means, event rates by patient.
# Rscript tests/golden/describe.R > tests/golden/reference_describe.json   (needs sandwich)
suppressMessages({library(sandwich); library(jsonlite)})
read <- function(file) read.csv(file.path("tests/golden/datasets", file))
pairs <- read("pbcseq_paired.csv"); lung <- read("lung.csv"); cgd <- read("cgd.csv")
# No two the same: a little added by the row's number, the same in the test.
apart <- function(x) x + seq_along(x) * 1e-4
shift <- function(rows, column, level) { x <- apart(round(pairs[rows, paste0(column, "_after")] - pairs[rows, paste0(column, "_before")], 6))
  w <- wilcox.test(x, conf.int = TRUE, conf.level = level, exact = TRUE)
  list(call = "wilcox.test(x, conf.int = TRUE)", n = length(x), level = level, p = w$p.value, estimate = unname(w$estimate), lower = w$conf.int[1], upper = w$conf.int[2]) }
two <- function(rows) { x <- apart(lung$age[rows]); g <- lung$sex[rows]; w <- wilcox.test(x ~ g, exact = TRUE); t <- t.test(x ~ g); s <- t.test(x ~ g, var.equal = TRUE)
  list(n = length(x), mann_whitney = w$p.value, welch_t = unname(t$statistic), welch_p = t$p.value, student_t = unname(s$statistic), student_p = s$p.value) }
byid <- aggregate(cbind(events = cgd$status, days = cgd$tstop - cgd$tstart), list(id = cgd$id), sum)
rate <- function(d, level) { f <- glm(events ~ offset(log(days)), poisson, d); se <- sqrt(vcovHC(f, type = "HC1")[1, 1]); b <- unname(coef(f)); z <- qnorm(0.5 + level / 2)
  list(call = "glm(events ~ offset(log(days)), poisson); vcovHC(type = 'HC1')", n = nrow(d), level = level, value = exp(b) * 365.25, lower = exp(b - z * se) * 365.25, upper = exp(b + z * se) * 365.25) }
cat(toJSON(list(versions = list(R = R.version.string, sandwich = as.character(packageVersion("sandwich"))),
  shift = list(shift(1:12, "bili", 0.95), shift(1:30, "albumin", 0.95), shift(20:68, "platelet", 0.9), shift(1:6, "bili", 0.95), shift(1:7, "albumin", 0.99)),
  two = list(two(1:20), two(1:60), two(40:100)), rate = list(rate(byid, 0.95), rate(byid[1:30, ], 0.9))), digits = 15, auto_unbox = TRUE, na = "null"))
