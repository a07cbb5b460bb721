# Cause-specific Cox and Fine and Gray's model side by side on mgus and on the bundled cohort: R's coxph and finegray.
# Rscript tests/golden/competing_models.R > tests/golden/reference_competing_models.json
suppressWarnings(suppressMessages({library(survival); library(jsonlite)}))
m <- read.csv("tests/golden/datasets/mgus.csv")
m <- m[!is.na(m$mspike), ]
mgus <- data.frame(t = m$time_days, type = m$status, age = m$age, male = as.numeric(m$sex == "male"), mspike = m$mspike)
r <- read.csv("tests/golden/datasets/demo_relapse.csv")
r$high <- ifelse(r$crp == "", NA, as.numeric(startsWith(r$crp, "CRP >")))
demo <- data.frame(t = r$months, type = r$type, high = r$high)
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
of <- function(fit) list(coef = unname(coef(fit)), se = unname(sqrt(diag(fit$var))))
models <- function(d) {
  d <- na.omit(d); d$id <- seq_len(nrow(d)); x <- paste(setdiff(names(d), c("t", "type", "id")), collapse = " + ")
  specific <- function(cause) of(do.call("coxph", list(formula = as.formula(paste("Surv(t, type ==", cause, ") ~", x)), data = d, control = tight)))
  g <- d; g$st <- factor(d$type, 0:2); g$type <- NULL
  rows <- finegray(Surv(t, st) ~ ., data = g, etype = "1", id = id)
  fit <- do.call("coxph", list(formula = as.formula(paste("Surv(fgstart, fgstop, fgstatus) ~", x)), data = rows, weights = rows$fgwt, id = rows$id, robust = TRUE, control = tight))
  list(own = specific(1), other = specific(2), subdistribution = of(fit))
}
cat(toJSON(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))), mgus = models(mgus), demo = models(demo)), digits = 15, auto_unbox = TRUE))
