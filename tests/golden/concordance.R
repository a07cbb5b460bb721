# Harrell's C of Cox models with the infinitesimal jackknife's error, on lung, pbc and veteran: R's survival.
# Rscript tests/golden/concordance.R > tests/golden/reference_concordance.json
suppressMessages({library(survival); library(jsonlite)})
read <- function(name) read.csv(paste0("tests/golden/datasets/", name, ".csv"))
l <- read("lung"); l$male <- as.numeric(l$sex == "male"); p <- read("pbc"); v <- read("veteran")
sets <- list(lung = data.frame(t = l$time_days, e = l$event, x1 = l$age, x2 = l$male, s = l$ph_ecog), pbc = data.frame(t = p$time_days, e = p$event_death, x1 = p$bili, x2 = p$age, s = p$stage),
  veteran = data.frame(t = v$time_days, e = v$event, x1 = v$karno, x2 = v$age, s = v$celltype))
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
of <- function(fit) { c <- concordance(fit); list(c = unname(c$concordance), se = sqrt(c$var)) }
answers <- lapply(sets, function(d) { d <- d[complete.cases(d), ]; d$entry <- ifelse(seq_len(nrow(d)) %% 2 == 0, floor(d$t * 0.3), 0)
  list(plain = of(coxph(Surv(t, e) ~ x1 + x2, d, control = tight)), strata = of(coxph(Surv(t, e) ~ x1 + x2 + strata(s), d, control = tight)),
       late = of(coxph(Surv(entry, t, e) ~ x1 + x2, d, control = tight))) })
cat(toJSON(c(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")))), answers), digits = 15, auto_unbox = TRUE))
