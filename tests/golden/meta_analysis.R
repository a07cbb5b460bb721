# Log ratios put together by metafor: 13 trials of BCG (risk ratios) and 37 studies of environmental tobacco smoke (odds ratios), and the first five of each.
# Rscript tests/golden/meta_analysis.R > tests/golden/reference_meta_analysis.json
suppressWarnings(suppressMessages({library(metafor); library(jsonlite)}))
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
sets <- list(bcg = bcg[, c("yi", "vi")], smoke = dat.hackshaw1998[, c("yi", "vi")])
sets <- lapply(sets, function(d) data.frame(yi = as.numeric(d$yi), vi = as.numeric(d$vi)))
sets <- c(sets, list(bcg_five = sets$bcg[1:5, ], smoke_five = sets$smoke[1:5, ], smoke_two = sets$smoke[6:7, ]))
tight <- list(threshold = 1e-14, maxiter = 10000)
answers <- lapply(sets, function(d) {
  fixed <- rma(yi, vi, data = d, method = "FE")
  of <- function(method) {
    k <- rma(yi, vi, data = d, method = method, test = "knha", control = tight); n <- rma(yi, vi, data = d, method = method, control = tight); p <- predict(k)
    list(call = paste0("rma(yi, vi, method = '", method, "', test = 'knha')"), tau2 = k$tau2, coef = as.vector(k$beta), se = k$se, lower = k$ci.lb, upper = k$ci.ub, p = k$pval,
      z_lower = n$ci.lb, z_upper = n$ci.ub, prediction = c(p$pi.lb, p$pi.ub), weights = as.vector(weights(n)) / 100, i2 = k$I2 / 100)
  }
  list(rows = d, fixed = list(coef = as.vector(fixed$beta), lower = fixed$ci.lb, upper = fixed$ci.ub, p = fixed$pval, q = fixed$QE, q_p = fixed$QEp), reml = of("REML"), dl = of("DL"))
})
cat(toJSON(c(list(versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor")))), answers), digits = 15, auto_unbox = TRUE))
