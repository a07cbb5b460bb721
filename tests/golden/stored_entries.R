# The entries taken from the project's golden set, computed again in their places: computed_again(file) gives the whole file as a
# list in which curves, log-rank tests, Cox models, cox.zph, maxstat, and the tests and percentiles of the tables are R's of today.
# What needs coxphf, or what R has no function for (weighted hypergeometric tests), stays as stored.
suppressMessages({library(survival); library(maxstat); library(jsonlite)})
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
KINDS <- c("plain", "log", "log-log")
alias <- c(ecog = "ph_ecog", stagef = "stage", edemaf = "edema")

data_of <- function(name) {
  d <- read.csv(file.path("tests/golden/datasets", paste0(name, ".csv")))
  d$.time <- if ("time_weeks" %in% names(d)) d$time_weeks else d$time_days  # none in a set of pairs
  d$.event <- if ("event" %in% names(d)) d$event else d$event_death
  if ("bili" %in% names(d)) d$logbili <- log(d$bili)
  d
}
# A design column by R's name of the coefficient: a number's column, or a column with a level behind it.
column_of <- function(d, term) {
  for (name in c(names(d), names(alias))[order(-nchar(c(names(d), names(alias))))]) if (startsWith(term, name)) {
    values <- d[[if (name %in% names(alias)) alias[[name]] else name]]; level <- substring(term, nchar(name) + 1)
    if (level == "") { if (is.numeric(values)) return(values) else next }
    return(ifelse(is.na(values), NA, as.numeric(as.character(values) == level)))
  }
  NULL
}
groups_of <- function(d, key) {
  splits <- list(age_ge65 = ifelse(d$age >= 65, ">=65", "<65"), age_gt65 = ifelse(d$age > 65, ">65", "<=65"), ecog = d$ph_ecog, hos = d$hos_cat,
    karno_ge60 = if (!is.null(d$karno)) ifelse(d$karno >= 60, ">=60", "<60"), bili_gt2 = if (!is.null(d$bili)) ifelse(d$bili > 2, ">2", "<=2"))
  if (key %in% names(splits)) as.character(splits[[key]]) else as.character(d[[key]])
}
put <- function(old, new) if (is.null(old)) NULL else as.list(unname(new))

curve <- function(d, stored) {
  times <- unlist(stored$times)
  for (kind in KINDS) {
    fit <- survfit(Surv(.time, .event) ~ 1, data = d, conf.type = kind); s <- summary(fit, times = times, extend = TRUE)
    stored$conf[[kind]]$lower <- put(1, s$lower); stored$conf[[kind]]$upper <- put(1, s$upper)
    t <- summary(fit)$table
    stored$conf[[kind]]$median_print <- list(est = t[["median"]], lower = t[[8]], upper = t[[9]])
  }
  stored$surv <- put(1, s$surv); stored$n_risk <- put(1, s$n.risk)
  stored
}
curves <- function(d, key, stored) {
  key <- sub("^km_(by_)?", "", key)
  if (startsWith(key, "overall")) return(curve(d, stored))
  g <- groups_of(d, key)
  for (level in names(stored)) stored[[level]] <- curve(d[!is.na(g) & g == level, ], stored[[level]])
  stored
}
tested <- function(d, key, stored) {
  key <- sub("^logrank_", "", key)
  if (grepl("_stratified_", key)) {
    parts <- strsplit(key, "_stratified_")[[1]]
    test <- survdiff(as.formula(paste("Surv(.time, .event) ~", parts[1], "+ strata(", parts[2], ")")), data = d)
    stored$chisq <- test$chisq; stored$p <- pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)
    return(stored)
  }
  g <- factor(groups_of(d, key), levels = unlist(stored$levels))
  if (all(is.na(g))) g <- factor(groups_of(d, key))
  test <- survdiff(Surv(d$.time, d$.event) ~ g)
  stored$observed <- put(1, test$obs); stored$expected <- put(1, test$exp)
  stored$logrank$chisq <- test$chisq; stored$logrank$p <- pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)
  stored
}
model_of <- function(d, terms, ties, strata = NULL) {
  x <- lapply(terms, column_of, d = d)
  if (any(vapply(x, is.null, TRUE))) return(NULL)
  x <- do.call(cbind, x); colnames(x) <- terms
  d$.x <- x
  formula <- if (is.null(strata)) Surv(.time, .event) ~ .x else as.formula(paste("Surv(.time, .event) ~ .x + strata(", strata, ")"))
  do.call("coxph", list(formula = formula, data = d, ties = ties, control = tight, x = TRUE))
}
modelled <- function(d, key, stored) {
  terms <- names(stored$coef); ties <- if (grepl("breslow", key)) "breslow" else "efron"
  fit <- if (key == "cox_exact") NULL else model_of(d, terms, ties, if (key == "cox_stratified") "ph_ecog")
  if (is.null(fit)) return(stored)
  s <- summary(fit)
  stored$coef <- as.list(setNames(unname(coef(fit)), terms)); stored$se <- as.list(setNames(sqrt(diag(vcov(fit))), terms))
  if (key == "cox_stratified") return(stored)
  stored$n <- fit$n; stored$nevent <- fit$nevent; stored$n_dropped_missing <- nrow(d) - fit$n
  stored$loglik_null <- fit$loglik[1]; stored$loglik <- fit$loglik[2]
  for (pair in list(c("lr_test", "logtest"), c("wald_test", "waldtest"), c("score_test", "sctest"))) {
    test <- s[[pair[2]]]; if (pair[2] == "waldtest") test[1] <- fit$wald.test
    stored[[pair[1]]] <- list(chisq = test[[1]], df = test[[2]], p = test[[3]])
  }
  stored$concordance$c <- fit$concordance[["concordance"]]
  stored
}
proportional <- function(d, key, stored) {
  for (transform in names(stored)) {
    if (is.null(stored[[transform]]$by_coef)) next
    terms <- setdiff(names(stored[[transform]]$by_coef), "GLOBAL")
    fit <- model_of(d, terms, "efron"); if (is.null(fit)) next
    table <- cox.zph(fit, transform = transform, terms = FALSE)$table; rownames(table) <- c(terms, "GLOBAL")
    for (row in c(terms, "GLOBAL")) stored[[transform]]$by_coef[[row]] <- list(chisq = table[[row, 1]], df = table[[row, 2]], p = table[[row, 3]])
  }
  stored
}
searched <- function(d, key, stored) {
  name <- sub("^cutpoint_", "", key); if (name == "weight") name <- "weight_kg"
  d <- d[!is.na(d[[name]]), ]; d$.v <- d[[name]]
  for (method in c("Lau92", "Lau94")) {
    test <- maxstat.test(Surv(.time, .event) ~ .v, data = d, smethod = "LogRank", pmethod = method, minprop = 0.1, maxprop = 0.9)
    stored$p_by_method[[method]] <- unname(test$p.value)
  }
  stored$statistic_M <- unname(test$statistic); stored$cutpoint <- unname(test$estimate)
  stored
}
crossed <- function(d, key, stored) {
  if (is.null(stored$table)) return(stored)
  t <- do.call(rbind, lapply(stored$table, unlist)); test <- suppressWarnings(chisq.test(t, correct = FALSE))
  stored$pearson_uncorrected <- list(chisq = unname(test$statistic), df = unname(test$parameter), p = test$p.value)
  stored$fisher$p <- fisher.test(t, workspace = 2e7)$p.value
  stored
}
samples <- function(d, call, levels) {
  sides <- strsplit(sub("[ ,(]*(\\(|, ).*$", "", sub("factor\\((.*?)\\)", "\\1", call)), "~")[[1]]
  values <- d[[trimws(sides[1])]]; g <- as.character(d[[trimws(sides[2])]])
  lapply(levels, function(level) { x <- values[!is.na(g) & g == level]; x[!is.na(x)] })
}
compared <- function(d, key, stored, call) {
  x <- samples(d, call, unlist(stored$levels)); v <- unlist(x); g <- factor(rep(seq_along(x), lengths(x)))
  stored$mean <- as.list(vapply(x, mean, 0)); stored$sd <- as.list(vapply(x, sd, 0)); stored$median <- as.list(vapply(x, median, 0))
  if (length(x) == 2) {
    for (pair in list(list("t_student", TRUE), list("t_welch", FALSE))) {
      test <- t.test(x[[1]], x[[2]], var.equal = pair[[2]]); name <- pair[[1]]
      stored[[name]]$t <- unname(test$statistic); stored[[name]]$df <- unname(test$parameter); stored[[name]]$p <- test$p.value
    }
    stored$mann_whitney$p_asymptotic_no_correction_SPSS <- wilcox.test(x[[1]], x[[2]], exact = FALSE, correct = FALSE)$p.value
    stored$shapiro_p <- as.list(vapply(x, function(one) shapiro.test(one)$p.value, 0))
  } else {
    test <- oneway.test(v ~ g, var.equal = TRUE); welch <- oneway.test(v ~ g); ranks <- kruskal.test(v, g)
    stored$anova$F <- unname(test$statistic); stored$anova$p <- test$p.value
    stored$welch_anova$F <- unname(welch$statistic); stored$welch_anova$p <- welch$p.value
    stored$kruskal$H <- unname(ranks$statistic); stored$kruskal$p <- ranks$p.value
  }
  stored
}
percentiles <- function(d, key, stored) {
  x <- d[[sub("^quant_", "", key)]]; p <- c(p5 = .05, p10 = .1, p25 = .25, p50 = .5, p75 = .75, p90 = .9, p95 = .95)
  for (pair in list(list("type6_spss_haverage", 6), list("type7_R_numpy", 7)))
    stored[[pair[[1]]]] <- as.list(setNames(unname(quantile(x, p, na.rm = TRUE, type = pair[[2]])), names(p)))
  stored
}
before_after <- function(d, key, stored) {
  name <- sub("_first.*", "", key); n <- sub(".*_first", "", key)
  if (is.null(d[[paste0(name, "_before")]]) || is.null(stored$t_paired)) return(stored)
  if (n != key) d <- d[seq_len(as.integer(n)), ]
  gap <- round(d[[paste0(name, "_before")]] - d[[paste0(name, "_after")]], 10); gap <- gap[!is.na(gap)]; test <- t.test(gap)
  stored$t_paired$t <- unname(test$statistic); stored$t_paired$p <- test$p.value
  stored$wilcoxon_signed_rank$p_asymptotic_no_correction_SPSS <- suppressWarnings(wilcox.test(gap, exact = FALSE, correct = FALSE))$p.value
  stored
}
computed_again <- function(file) {
  whole <- fromJSON(file, simplifyVector = FALSE)
  inside <- if (is.null(whole$results)) whole else whole$results
  again <- list(km = curves, logrank = tested, cox = modelled, cox_zph = proportional, cutpoint = searched,
    chisq = crossed, fisher = crossed, tab = crossed, quant = percentiles)
  for (name in setdiff(names(inside), c("edge_cases", "meta"))) {
    d <- data_of(name)
    for (key in names(inside[[name]])) {
      kind <- if (startsWith(key, "cox_zph")) "cox_zph" else sub("_.*", "", key)
      if (kind %in% c("two", "k")) inside[[name]][[key]]$value <- compared(d, key, inside[[name]][[key]]$value, inside[[name]][[key]]$call)
      else if (name == "pbcseq_paired") inside[[name]][[key]]$value <- before_after(d, key, inside[[name]][[key]]$value)
      else if (kind %in% names(again)) inside[[name]][[key]]$value <- again[[kind]](d, key, inside[[name]][[key]]$value)
    }
  }
  for (key in names(inside$edge_cases)) {  # cohorts of a few patients, their data beside
    value <- inside$edge_cases[[key]]$value
    if (is.null(value$conf)) next
    d <- data.frame(.time = unlist(value$data$time), .event = unlist(value$data$event))
    inside$edge_cases[[key]]$value <- curve(d, value)
  }
  if (is.null(whole$results)) inside else { whole$results <- inside; whole }
}
