# Inverse probability of treatment weights on lung and pbc: propensity (glm), weighted curves and Cox model with robust errors (survival).
# Rscript tests/golden/weighting.R > tests/golden/reference_weighting.json
suppressMessages({library(survival); library(jsonlite)})
read <- function(name) read.csv(paste0("tests/golden/datasets/", name, ".csv"))
l <- read("lung"); p <- read("pbc")
sets <- list(lung = data.frame(t = l$time_days, e = l$event, g = as.numeric(l$sex == "male"), x1 = l$age, x2 = l$ph_ecog, x3 = as.numeric(l$ph_karno > 80)),
  pbc = data.frame(t = p$time_days, e = p$event_death, g = as.numeric(p$bili > 2), x1 = p$age, x2 = p$albumin, x3 = as.numeric(p$sex == "female")))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
answers <- lapply(sets, function(d) {
  d <- d[complete.cases(d), ]
  fit <- glm(g ~ x1 + x2 + x3, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 60)); s <- fitted(fit)
  w <- ifelse(d$g == 1, 1 / s, 1 / (1 - s)); for (k in 0:1) w[d$g == k] <- w[d$g == k] * sum(d$g == k) / sum(w[d$g == k]); d$w <- w; d$id <- seq_len(nrow(d))
  curve <- function(k) { one <- d[d$g == k, ]; f <- survfit(Surv(t, e) ~ 1, one, weights = w, robust = TRUE, id = id, conf.type = "log-log"); at <- f$n.event > 0
    list(time = f$time[at], surv = f$surv[at], se = f$std.err[at], lower = f$lower[at], upper = f$upper[at]) }
  m <- coxph(Surv(t, e) ~ g, d, weights = w, robust = TRUE, ties = "breslow", control = tight)
  smd <- function(x, w) (weighted.mean(x[d$g == 1], w[d$g == 1]) - weighted.mean(x[d$g == 0], w[d$g == 0])) /
    sqrt(mean(sapply(0:1, function(k) { v <- x[d$g == k]; if (all(v %in% 0:1)) mean(v) * (1 - mean(v)) else var(v) })))
  list(rows = d[, c("t", "e", "g", "x1", "x2", "x3")], coef = unname(coef(fit)), weights = w, below = curve(0), above = curve(1),
    cox = list(coef = unname(coef(m)), se = unname(sqrt(m$var[1])), score = m$rscore), before = sapply(c("x1", "x2", "x3"), function(x) smd(d[[x]], rep(1, nrow(d)))),
    after = sapply(c("x1", "x2", "x3"), function(x) smd(d[[x]], w)))
})
cat(toJSON(c(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")))), answers), digits = 15, auto_unbox = TRUE))
