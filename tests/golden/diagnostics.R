# Proportional hazards by factor, smooths, time splits, splines, explained variation, influence: R's survival and splines.
# Rscript tests/golden/diagnostics.R > tests/golden/reference_diagnostics.json
suppressMessages({library(survival); library(splines); library(jsonlite)})
read <- function(name) read.csv(file.path("tests/golden/datasets", paste0(name, ".csv")))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
fit_of <- function(formula, data, ...) do.call("coxph", list(formula = formula, data = data, control = tight, ...))
veteran <- read("veteran"); lung <- read("lung"); pbc <- read("pbc"); cgd <- read("cgd_first"); mp <- read("leukemia6mp")
veteran$celltype <- relevel(factor(veteran$celltype), "squamous"); veteran$test <- as.numeric(veteran$trt == "test")
lung$male <- as.numeric(lung$sex == "male"); mp$drug <- as.numeric(mp$treat == "6-MP")
pbc$time <- pbc$time_days; pbc$event <- pbc$event_death
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))))

vet <- fit_of(Surv(time_days, event) ~ test + celltype + karno, veteran)
lungs <- fit_of(Surv(time_days, event) ~ age + male + factor(ph_ecog), lung)
by_factor <- function(fit) lapply(c(km = "km", rank = "rank", identity = "identity", log = "log"),
  function(g) { t <- cox.zph(fit, transform = g, terms = TRUE)$table; list(chisq = t[, 1], df = t[, 2], p = t[, 3]) })
answers$zph <- list(veteran = by_factor(vet), lung = by_factor(lungs))

smooth_of <- function(fit, g, i) {   # the lines that plot.cox.zph draws
  z <- cox.zph(fit, transform = g, terms = FALSE); xx <- z$x; at <- seq(min(xx), max(xx), length = 40)
  lmat <- ns(c(at, xx), df = 4, intercept = TRUE); pmat <- lmat[1:40, ]; qmat <- qr(lmat[-(1:40), ])
  bk <- backsolve(qmat$qr[1:4, 1:4], diag(4)); se <- sqrt(z$var[i, i] * ((pmat %*% (bk %*% t(bk))) * pmat) %*% rep(1, 4))
  list(x = at, y = drop(pmat %*% qr.coef(qmat, z$y[, i])), se = drop(se))
}
answers$smooth <- list(veteran_km = smooth_of(vet, "km", 5), veteran_log = smooth_of(vet, "log", 1), lung_identity = smooth_of(lungs, "identity", 2))

split_of <- function(data, cut, others, name) {
  data$x <- data[[name]]; s <- survSplit(Surv(time_days, event) ~ ., data = data, cut = cut, episode = "part")
  s$early <- s$x * (s$part == 1); s$late <- s$x * (s$part == 2)
  f <- fit_of(as.formula(paste("Surv(tstart, time_days, event) ~", others, "+ early + late")), s)
  h <- fit_of(as.formula(paste("Surv(tstart, time_days, event) ~", others, "+ x + late")), s)
  t <- summary(f)$coefficients
  list(coef = t[, 1], se = t[, 3], p_change = summary(h)$coefficients["late", 5], change = coef(h)[["late"]], events = as.vector(tapply(s$event, s$part, sum)))
}
answers$split <- list(veteran = split_of(veteran, 90, "test + celltype", "karno"), lung = split_of(lung, 300, "age", "male"))
strat <- summary(fit_of(Surv(time_days, event) ~ test + karno + strata(celltype), veteran))$coefficients
answers$stratified <- list(coef = strat[, 1], se = strat[, 3], p = strat[, 5])

rcs <- function(x, k) { n <- length(k); p <- function(v) pmax(v, 0)^3
  cbind(x, sapply(1:(n - 2), function(j) (p(x - k[j]) - p(x - k[n - 1]) * (k[n] - k[j]) / (k[n] - k[n - 1]) + p(x - k[n]) * (k[n - 1] - k[j]) / (k[n] - k[n - 1])) / (k[n] - k[1])^2)) }
forms_of <- function(time, event, x, cut) {
  k <- quantile(x, c(.05, .35, .65, .95)); b <- rcs(x, k); ref <- median(x); at <- quantile(x, c(.1, .25, .4, .6, .75, .9))
  one <- function(d) { d <- as.data.frame(d); d$time <- time; d$event <- event; fit_of(Surv(time, event) ~ ., d) }
  spline <- one(b); line <- one(cbind(x)); cutm <- one(cbind(above = as.numeric(x > cut)))
  d <- rcs(c(at), k) - rcs(rep(ref, length(at)), k)
  list(cut = cut, knots = k, reference = ref, at = at, log_hr = drop(d %*% coef(spline)), se = sqrt(rowSums((d %*% vcov(spline)) * d)),
       aic = c(cut = AIC(cutm), line = AIC(line), spline = AIC(spline)), nonlinear_p = unname(1 - pchisq(2 * (spline$loglik[2] - line$loglik[2]), 2)),
       r2_d = c(cut = royston(cutm)[["R.D"]], line = royston(line)[["R.D"]], spline = royston(spline)[["R.D"]]))
}
albumin <- pbc[!is.na(pbc$albumin), ]
answers$forms <- list(bili = forms_of(pbc$time, pbc$event, log2(pbc$bili), 1), albumin = forms_of(albumin$time, albumin$event, albumin$albumin, 3.5),
                      age = forms_of(lung$time_days, lung$event, lung$age, 65))
null_smooth <- function(time, event, x) { r <- residuals(coxph(Surv(time, event) ~ 1)); at <- seq(min(x), max(x), length = 40)
  k <- quantile(c(at, x), c(1, 2) / 3); m <- lm(r ~ ns(x, knots = k, Boundary.knots = range(x))); p <- predict(m, data.frame(x = at), se.fit = TRUE)
  list(residuals = unname(r), y = unname(p$fit), se = unname(p$se.fit)) }
answers$martingale <- list(lung = null_smooth(lung$time_days, lung$event, lung$age), mp = list(residuals = unname(residuals(coxph(Surv(time_weeks, event) ~ 1, mp)))))

dfb <- function(fit) unname(as.matrix(residuals(fit, type = "dfbeta")))
mpf <- fit_of(Surv(time_weeks, event) ~ drug, mp)
answers$dfbeta <- list(leukemia6mp = dfb(mpf), leukemia6mp_breslow = dfb(fit_of(Surv(time_weeks, event) ~ drug, mp, ties = "breslow")), veteran = dfb(vet))
answers$leave_one_out <- list(leukemia6mp = sapply(1:nrow(mp), function(i) coef(fit_of(Surv(time_weeks, event) ~ drug, mp[-i, ]))[[1]]))
set.seed(6); counts <- t(rmultinom(6, nrow(mp), rep(1, nrow(mp))))
answers$weighted <- list(counts = counts, coef = apply(counts, 1, function(w) coef(fit_of(Surv(time_weeks, event) ~ drug, mp, weights = w, subset = w > 0))[[1]]))
tip <- function(group) { order_of <- which(mp$drug == group & mp$event == 0); order_of <- order_of[order(mp$time_weeks[order_of])]
  sapply(seq_along(order_of), function(k) { d <- mp; d$event[order_of[1:k]] <- 1; summary(fit_of(Surv(time_weeks, event) ~ drug, d))$coefficients[5] }) }
answers$tipping <- list(p = tip(1))
e_value <- function(hr, common) { hr <- max(hr, 1 / hr); rr <- if (common) (1 - 0.5^sqrt(hr)) / (1 - 0.5^sqrt(1 / hr)) else hr; rr + sqrt(rr * (rr - 1)) }
answers$e_value <- lapply(c(rare = FALSE, common = TRUE), function(common) sapply(c(0.56, 0.69, 3.9, 1.8), e_value, common))
cat(toJSON(answers, digits = 15, pretty = TRUE, auto_unbox = TRUE, na = "null"))
