# Several events of a patient: Andersen-Gill, PWP gap time and the mean cumulative function on cgd and on bladder: R's survival.
# Rscript tests/golden/recurrent.R > tests/golden/reference_recurrent.json
suppressWarnings(suppressMessages({library(survival); library(jsonlite)}))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
cgd_rows <- data.frame(id = cgd$id, tstart = cgd$tstart, tstop = cgd$tstop, status = cgd$status, x1 = as.numeric(cgd$treat == "rIFN-g"), x2 = cgd$age)
b <- bladder2  # the 178 rows of 85 patients, up to four recurrences
bladder_rows <- data.frame(id = b$id, tstart = b$start, tstop = b$stop, status = b$event, x1 = as.numeric(b$rx == 2), x2 = b$number)
of <- function(fit) list(coef = unname(coef(fit)), se = unname(sqrt(diag(fit$var))), log_likelihood = fit$loglik[2])
models <- function(d) {
  d <- d[order(d$id, d$tstart), ]; d$enum <- ave(d$id, d$id, FUN = seq_along); d$gap <- d$tstop - d$tstart; answers <- list(rows = d)
  for (ties in c("efron", "breslow")) answers[[ties]] <- list(
    andersen_gill = of(coxph(Surv(tstart, tstop, status) ~ x1 + x2, data = d, cluster = id, ties = ties, control = tight)),
    pwp_gap = of(coxph(Surv(gap, status) ~ x1 + x2 + strata(enum), data = d, cluster = id, ties = ties, control = tight)))
  whole <- survfit(Surv(tstart, tstop, status) ~ 1, data = d, id = id); at <- whole$n.event > 0
  answers$mean <- list(time = whole$time[at], mean = whole$cumhaz[at], se = whole$std.chaz[at],
    statistic = coxph(Surv(tstart, tstop, status) ~ x1, data = d, id = id, cluster = id, ties = "breslow")$rscore)
  answers
}
cat(toJSON(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))), cgd = models(cgd_rows), bladder = models(bladder_rows)),
  digits = 15, auto_unbox = TRUE))
