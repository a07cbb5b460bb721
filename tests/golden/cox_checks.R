# Cox models that were refused or pooled wrongly once: start-stop rows with robust errors, missing strata and clusters, splines of a marker
# at its detection limit, near-equal covariates, terms that separate only together, a unit too large; weighted log-rank tests.
# Rscript tests/golden/cox_checks.R > tests/golden/reference_cox_checks.json   (survival's cgd is written to datasets/cgd.csv)
suppressMessages({library(survival); library(jsonlite)})
folder <- "tests/golden/datasets"
tight <- coxph.control(eps = 1e-14, toler.chol = 1e-13, iter.max = 100)
cgd <- survival::cgd
cgd <- data.frame(id = cgd$id, center = as.character(cgd$center), treat = as.numeric(cgd$treat == "rIFN-g"), age = cgd$age, steroids = cgd$steroids,
  tstart = cgd$tstart, tstop = cgd$tstop, status = cgd$status)
write.csv(cgd, file.path(folder, "cgd.csv"), row.names = FALSE, quote = FALSE)
lung <- survival::lung; lung$event <- lung$status == 2; lung$male <- as.numeric(lung$sex == 1)
of <- function(f, cluster = FALSE) { s <- summary(f); c(list(coef = unname(coef(f)), se = unname(sqrt(diag(vcov(f)))), loglik = f$loglik, n = f$n, n_events = f$nevent,
  wald = f$wald.test, wald_p = s$waldtest[["pvalue"]], score = f$score, likelihood_ratio = 2 * diff(f$loglik), concordance = s$concordance[["C"]]),
  if (cluster) list(robust_score = f$rscore, robust_score_p = s$robscore[["pvalue"]])) }
both <- function(fit, ...) setNames(lapply(c("efron", "breslow"), function(ties) of(fit(ties), ...)), c("efron", "breslow"))
# Harrell's restricted cubic spline, his places of the knots.
spline <- function(x, k = unname(quantile(x, c(0.05, 0.35, 0.65, 0.95)))) { l <- k[4]; b <- k[3]; up <- function(t) pmax(x - t, 0)^3
  cbind(x, sapply(k[1:2], function(t) (up(t) - up(b) * (l - t) / (l - b) + up(l) * (b - t) / (l - b)) / (l - k[1])^2)) }
limited <- function(x) log2(pmax(x, unname(quantile(x, 1/3))))
pbc <- read.csv(file.path(folder, "pbc.csv")); veteran <- read.csv(file.path(folder, "veteran.csv"))
near <- function(d) d$age + (seq_len(nrow(d)) %% 7 - 3) * 1e-3
at_limit <- function(time, event, x) { s <- spline(limited(x)); f <- coxph(Surv(time, event) ~ s, control = tight); c(of(f), list(basis_sum = colSums(s))) }
lost <- read.csv(file.path(folder, "cgd_first.csv"))
# Two terms that separate only together: their difference marks those who had the event first; a third stands at its limit.
apart <- local({ n <- 40; i <- seq_len(n); time <- i; event <- i %% 3 != 0; x1 <- sin(i); list(time = time, event = event, x1 = x1, x2 = x1 - (i <= 14) * 1, w = cos(2 * i)) })
limit <- suppressWarnings(coxph(Surv(time, event) ~ x1 + x2 + w, as.data.frame(apart), control = coxph.control(eps = 1e-14, toler.chol = 1e-13, iter.max = 30)))
fh <- function(time, event, group, p, q, strata = rep(1, length(time))) {
  u <- 0; v <- 0
  for (s in unique(strata)) { k <- strata == s; before <- 1
    for (t in sort(unique(time[k & event == 1]))) { risk <- k & time >= t; dead <- k & time == t & event == 1; n <- sum(risk); d <- sum(dead); m <- sum(risk & group)
      w <- before^p * (1 - before)^q; u <- u + w * (sum(dead & group) - d * m / n); if (n > 1) v <- v + w^2 * d * (m / n) * (1 - m / n) * (n - d) / (n - 1); before <- before * (1 - d / n) } }
  u^2 / v }
weighted <- function(time, event, group, strata) list(
  survdiff_rho_1 = survdiff(Surv(time, event) ~ group, rho = 1)$chisq, survdiff_rho_half = survdiff(Surv(time, event) ~ group, rho = 0.5)$chisq,
  survdiff_rho_1_strata = survdiff(Surv(time, event) ~ group + strata(strata), rho = 1)$chisq,
  fh = lapply(list(c(0, 1), c(1, 1), c(0.5, 2), c(1, 0)), function(w) list(p = w[1], q = w[2], chisq = fh(time, event, group, w[1], w[2]), strata = fh(time, event, group, w[1], w[2], strata))))
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  cgd_patient = both(function(ties) coxph(Surv(tstart, tstop, status) ~ treat + age + steroids, cgd, cluster = id, ties = ties, control = tight), TRUE),
  cgd_patient_strata = both(function(ties) coxph(Surv(tstart, tstop, status) ~ treat + age + strata(steroids), cgd, cluster = id, ties = ties, control = tight), TRUE),
  cgd_centre = both(function(ties) coxph(Surv(tstart, tstop, status) ~ treat + age, cgd, cluster = center, ties = ties, control = tight), TRUE),
  lung_institution = both(function(ties) coxph(Surv(time, event) ~ age + male, lung, cluster = inst, ties = ties, control = tight), TRUE),
  lung_strata = both(function(ties) coxph(Surv(time, event) ~ age + male + strata(ph.ecog), lung, ties = ties, control = tight)),
  limit = list(pbc = at_limit(pbc$time_days, pbc$event_death, pbc$bili), veteran = at_limit(veteran$time_days, veteran$event, veteran$karno + veteran$age / 10)),
  near = list(lung = of(coxph(Surv(time, event) ~ age + near(lung), lung, control = tight)), veteran = of(coxph(Surv(time_days, event) ~ age + near(veteran), veteran, control = tight))),
  unit = list(veteran = of(coxph(Surv(time_days, event) ~ I(karno * 1e-4) + age, veteran, control = tight))),
  together = c(apart, list(loglik = limit$loglik[2], third = coef(limit)[["w"]], third_se = sqrt(vcov(limit)[3, 3]), first_two = unname(coef(limit)[1:2]))),
  weighted = list(lung = with(lung, weighted(time, event, sex == 1, ifelse(is.na(ph.ecog), 9, ph.ecog))),
    veteran = with(veteran, weighted(time_days, event, trt == "test", celltype))))
cat(toJSON(answers, digits = 15, auto_unbox = TRUE, na = "null"))
