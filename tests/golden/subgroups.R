# Hazard ratios within subgroups, interaction tests (anova of nested coxph) and marginal adjusted survival (mean of survfit over
# the cohort with everybody's marker set to 0 and to 1): Rscript tests/golden/subgroups.R > tests/golden/reference_subgroups.json
suppressMessages({library(survival); library(jsonlite)})
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
read <- function(file) read.csv(file.path("tests/golden/datasets", file))
lung <- read("lung.csv"); lung$marked <- as.numeric(lung$age > 65); lung$time <- lung$time_days; lung$status <- lung$event
veteran <- read("veteran.csv"); veteran$marked <- as.numeric(veteran$karno >= 60); veteran$time <- veteran$time_days; veteran$status <- veteran$event
pbc <- read("pbc.csv"); pbc$marked <- as.numeric(pbc$bili > 2); pbc$time <- pbc$time_days; pbc$status <- pbc$event_death
within <- list(lung = c("sex", "ph_ecog"), veteran = c("celltype", "trt", "prior"), pbc = c("sex", "stage", "edema"))
adjusted <- list(lung = ~ marked + sex + ph_ecog + wt_loss, veteran = ~ marked + trt + celltype + age, pbc = ~ marked + sex + stage + edema + age)
sets <- list(lung = lung, veteran = veteran, pbc = pbc)
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))))
for (name in names(sets)) for (ties in c("efron", "breslow")) {
  d <- sets[[name]]; found <- list()
  for (factor_name in within[[name]]) {
    d$level <- factor(d[[factor_name]]); known <- d[!is.na(d$level), ]
    levels_found <- lapply(levels(d$level), function(l) {
      part <- known[known$level == l, ]
      size <- list(level = l, n = nrow(part), n_events = sum(part$status), n_marked = sum(part$marked), n_events_marked = sum(part$status[part$marked == 1]))
      if (length(unique(part$marked)) < 2) return(size)
      fit <- coxph(Surv(time, status) ~ marked, data = part, ties = ties, control = tight)
      c(size, list(coef = unname(coef(fit)), se = sqrt(vcov(fit)[1, 1])))
    })
    one <- coxph(Surv(time, status) ~ marked + level, data = known, ties = ties, control = tight)
    two <- coxph(Surv(time, status) ~ marked * level, data = known, ties = ties, control = tight)
    test <- anova(one, two)
    found[[factor_name]] <- list(call = paste0("anova(coxph(~ marked + ", factor_name, "), coxph(~ marked * ", factor_name, "))"), levels = levels_found,
      statistic = test$Chisq[2], df = test$Df[2], p = test[[4]][2])
  }
  fit <- coxph(update(adjusted[[name]], Surv(time, status) ~ .), data = d, ties = ties, control = tight)
  used <- d[complete.cases(d[, all.vars(adjusted[[name]])]), ]
  at <- unname(quantile(used$time, c(0.1, 0.3, 0.5, 0.7, 0.9), type = 1))
  curve <- function(marked, fit, used) { used$marked <- marked; rowMeans(summary(survfit(fit, newdata = used), times = at)$surv) }
  late <- used; late$entry <- ifelse(late$id %% 2 == 0, late$time * 0.3, 0)
  late_fit <- coxph(update(adjusted[[name]], Surv(entry, time, status) ~ .), data = late, ties = ties, control = tight)
  answers[[name]][[ties]] <- list(within = found, adjusted = list(call = paste("rowMeans(summary(survfit(coxph(", deparse(adjusted[[name]]), "), newdata = everybody at 0 or 1))$surv)"),
    n = nrow(used), at = at, below = curve(0, fit, used), above = curve(1, fit, used), late_below = curve(0, late_fit, late), late_above = curve(1, late_fit, late)))
}
cat(toJSON(answers, digits = 15, auto_unbox = TRUE, na = "null"))
