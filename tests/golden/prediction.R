# A Cox model as a prediction on lung and pbc: Harrell's optimism of given resamples (survival), AUC and Brier score (riskRegression), net benefit.
# Rscript tests/golden/prediction.R > tests/golden/reference_prediction.json
suppressWarnings(suppressMessages({library(survival); library(riskRegression); library(jsonlite)}))
read <- function(name) read.csv(paste0("tests/golden/datasets/", name, ".csv"))
l <- read("lung"); p <- read("pbc")
sets <- list(lung = list(d = data.frame(t = l$time_days, e = l$event, x1 = l$age, x2 = l$ph_ecog, x3 = as.numeric(l$sex == "male")), at = c(180, 365, 550)),
  pbc = list(d = data.frame(t = p$time_days, e = p$event_death, x1 = log(p$bili), x2 = p$age, x3 = p$albumin), at = c(730, 1825, 2900)))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
answers <- lapply(sets, function(one) {
  d <- one$d[complete.cases(one$d), ]; n <- nrow(d); d$t <- d$t + seq_len(n) / 1e4  # no ties: a patient drawn twice is two rows with one time
  seen <- function(k) ((seq_len(n) * 7 + k * 13 + (seq_len(n) * k) %% 11) %% n) + 1
  draws <- t(sapply(1:12, function(k) tabulate(seen(k), n))); C <- function(time, event, lp) concordance(Surv(time, event) ~ lp, reverse = TRUE)$concordance
  each <- apply(draws, 1, function(w) { rows <- d[rep(seq_len(n), w), ]
    m <- coxph(Surv(t, e) ~ x1 + x2 + x3, rows, ties = "breslow", control = tight); lp <- as.matrix(d[, c("x1", "x2", "x3")]) %*% coef(m)
    c(C(rows$t, rows$e, lp[rep(seq_len(n), w)]) - C(d$t, d$e, lp), coef(coxph(Surv(t, e) ~ lp, d, ties = "breslow", control = tight))) })
  m <- coxph(Surv(t, e) ~ x1 + x2 + x3, d, ties = "breslow", control = tight, x = TRUE)
  risk <- sapply(one$at, function(at) 1 - exp(-basehaz(m, centered = FALSE)$hazard[max(which(basehaz(m, centered = FALSE)$time <= at))] * exp(as.matrix(d[, c("x1", "x2", "x3")]) %*% coef(m))))
  colnames(risk) <- one$at
  s <- Score(list(model = risk), formula = Surv(t, e) ~ 1, data = d, times = one$at, cens.model = "km", se.fit = FALSE, metrics = c("auc", "brier"), null.model = TRUE)
  b <- as.data.frame(s$Brier$score); thresholds <- c(0.1, 0.3, 0.5); r <- risk[, 2]; km <- function(i) 1 - summary(survfit(Surv(t, e) ~ 1, d[i, ]), times = one$at[2], extend = TRUE)$surv
  nb <- sapply(thresholds, function(q) { hi <- r >= q; if (!any(hi)) 0 else mean(hi) * (km(hi) - (1 - km(hi)) * q / (1 - q)) })
  list(rows = d, draws = draws, gaps = unname(each[1, ]), slopes = unname(each[2, ]), apparent = C(d$t, d$e, predict(m)), at = one$at, risk = unname(risk),
    auc = as.data.frame(s$AUC$score)$AUC, brier = b$Brier[b$model == "model"], brier_null = b$Brier[b$model == "Null model"], thresholds = thresholds, benefit = nb)
})
cat(toJSON(c(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")), riskRegression = as.character(packageVersion("riskRegression")))), answers),
  digits = 15, auto_unbox = TRUE))
