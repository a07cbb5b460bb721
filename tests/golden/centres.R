# A Cox model with a gamma frailty of the centre, beside strata and fixed effects, on lung (institution), cgd (centre) kidney (patient) and rats (litter).
# R's default stops theta early (eps = 1e-5) and treats the frailties' information as diagonal (sparse); here both are exact. `theirs`: R's defaults.
# Rscript tests/golden/centres.R > tests/golden/reference_centres.json
suppressWarnings(suppressMessages({library(survival); library(jsonlite)}))
read <- function(name) read.csv(paste0("tests/golden/datasets/", name, ".csv"))
l <- read("lung"); c1 <- read("cgd_first"); k <- survival::kidney; r <- survival::rats
sets <- list(lung = data.frame(t = l$time_days, e = l$event, centre = l$inst, x1 = as.numeric(l$sex == "male"), x2 = l$age),
  cgd = data.frame(t = c1$time_days, e = c1$event, centre = as.integer(factor(c1$center)), x1 = as.numeric(c1$treat == "placebo"), x2 = c1$age),
  kidney = data.frame(t = k$time, e = k$status, centre = k$id, x1 = k$sex - 1, x2 = k$age),
  rats = data.frame(t = r$time, e = r$status, centre = r$litter, x1 = r$rx, x2 = as.numeric(r$sex == "f")))
tight <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 200, outer.max = 400, toler.inf = 1e-9)
of <- function(f) list(coef = unname(coef(f)), se = unname(sqrt(diag(as.matrix(f$var))))[seq_along(coef(f))])
answers <- suppressWarnings(lapply(sets, function(d) {
  d <- d[complete.cases(d), ]
  found <- lapply(c(efron = "efron", breslow = "breslow"), function(ties) {
    exact <- coxph(Surv(t, e) ~ x1 + x2 + frailty(centre, distribution = "gamma", sparse = FALSE, eps = 1e-13), d, ties = ties, control = tight)
    default <- coxph(Surv(t, e) ~ x1 + x2 + frailty(centre), d, ties = ties)
    fixed <- coxph(Surv(t, e) ~ x1 + x2 + frailty(centre, distribution = "gamma", sparse = FALSE, theta = 0.3), d, ties = ties, control = tight)
    beta <- function(f) { n <- names(coef(f)); keep <- !grepl("gamma", n); V <- as.matrix(f$var); list(coef = unname(coef(f)[keep]), se = unname(sqrt(diag(V))[seq_along(n)][keep])) }
    plain <- coxph(Surv(t, e) ~ x1 + x2, d, ties = ties, control = tight)
    list(frailty = c(list(call = "coxph(Surv(t, e) ~ x1 + x2 + frailty(centre, sparse = FALSE, eps = 1e-13))", theta = exact$history[[1]]$theta, i_loglik = exact$history[[1]]$c.loglik), beta(exact)),
      theirs = list(theta = default$history[[1]]$theta, i_loglik = default$history[[1]]$c.loglik, coef = unname(coef(default)), se = unname(sqrt(diag(default$var)))[1:2]),
      at_theta = c(list(call = "theta = 0.3", theta = 0.3, i_loglik = fixed$history[[1]]$c.loglik), beta(fixed)), loglik = plain$loglik[2],
      strata = of(coxph(Surv(t, e) ~ x1 + x2 + strata(centre), d, ties = ties, control = tight)))
  })
  c(list(rows = d), found)
}))
cat(toJSON(c(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")))), answers), digits = 15, auto_unbox = TRUE))
