# Splines as rms' rcs, ridge regression as survival's ridge(), and a model of one half of the patients applied to the other, on lung and pbc.
# Rscript tests/golden/prognosis.R > tests/golden/reference_prognosis.json
suppressWarnings(suppressMessages({library(rms); library(survival); library(riskRegression); library(jsonlite)}))
read <- function(name) read.csv(paste0("tests/golden/datasets/", name, ".csv"))
l <- read("lung"); p <- read("pbc")
sets <- list(lung = list(d = data.frame(t = l$time_days, e = l$event, x1 = l$age, x2 = l$ph_karno, x3 = as.numeric(l$sex == "male")), at = 365),
  pbc = list(d = data.frame(t = p$time_days, e = p$event_death, x1 = p$bili, x2 = p$age, x3 = p$albumin), at = 1825))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
answers <- lapply(sets, function(one) {
  d <- one$d[complete.cases(one$d), ]; n <- nrow(d); at <- one$at
  spline <- lapply(c(three = 3, four = 4), function(k) { knots <- attr(rcs(d$x1, k), "parms"); X <- rcspline.eval(d$x1, knots, inclx = TRUE)
    f <- coxph(Surv(t, e) ~ X + x2 + x3, d, control = tight); list(knots = as.vector(knots), coef = unname(coef(f)), se = unname(sqrt(diag(vcov(f)))), loglik = f$loglik[2]) })
  shrunk <- lapply(c(0.5, 5, 50), function(theta) { f <- coxph(Surv(t, e) ~ ridge(x1, x2, x3, theta = theta), d, control = tight)
    list(theta = theta, coef = unname(coef(f)), df = sum(f$df), loglik = f$loglik[2], null = f$loglik[1]) })
  first <- d[seq_len(n) %% 2 == 1, ]; other <- d[seq_len(n) %% 2 == 0, ]
  m <- coxph(Surv(t, e) ~ x1 + x2 + x3, first, control = tight); b <- basehaz(m, centered = FALSE)
  H0 <- b$hazard[max(which(b$time <= at))]; lp <- as.vector(as.matrix(other[, c("x1", "x2", "x3")]) %*% coef(m)); other$lp <- lp
  s <- coxph(Surv(t, e) ~ lp, other, control = tight); o <- coxph(Surv(t, e) ~ offset(lp), other, ties = "breslow", control = tight)
  # The cumulative hazard at an offset of 0, by hand from R's risk sets: sum of events / sum of exp(lp) at risk.
  times <- sort(unique(other$t[other$e == 1 & other$t <= at])); risk0 <- sapply(times, function(u) sum(exp(lp)[other$t >= u])); dead <- sapply(times, function(u) sum(other$e[other$t == u]))
  H <- sum(dead / risk0); se <- sqrt(sum(dead / risk0^2)) / H; theirs <- basehaz(o, centered = FALSE)
  risk <- 1 - exp(-H0 * exp(lp)); score <- Score(list(model = matrix(risk)), formula = Surv(t, e) ~ 1, data = other, times = at, cens.model = "km", se.fit = FALSE, metrics = c("auc", "brier"), null.model = TRUE)
  cc <- concordance(Surv(t, e) ~ lp, other, reverse = TRUE); br <- as.data.frame(score$Brier$score)
  list(rows = d, at = at, spline = spline, ridge = shrunk, model = list(coef = unname(coef(m)), H0 = H0), slope = c(unname(coef(s)), sqrt(vcov(s))), C = c(cc$concordance, sqrt(cc$var)),
    hazard = H, hazard_se = se, basehaz = theirs$hazard[max(which(theirs$time <= at))] / exp(0), mean_lp = mean(lp), brier = br$Brier[br$model == "model"], auc = as.data.frame(score$AUC$score)$AUC, risk = risk)
})
cat(toJSON(c(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")), rms = as.character(packageVersion("rms")))), answers), digits = 15, auto_unbox = TRUE))
