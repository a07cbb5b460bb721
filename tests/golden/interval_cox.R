# Cox regression of interval-censored times on two real data sets: the onset of spiders and of hepatomegaly between visits (pbcseq).
# R has no function for it among Debian's packages: the maximum over the coefficients and the jumps at
# the ends of the innermost intervals by nlminb and Newton, jump by jump, the errors from numDeriv's Jacobian of the score over those that hold mass.
# Rscript tests/golden/interval_cox.R > tests/golden/reference_interval_cox.json
suppressWarnings(suppressMessages({library(survival); library(numDeriv); library(jsonlite)}))
onset <- function(sign) {
  d <- pbcseq[!is.na(pbcseq[[sign]]), ]
  do.call(rbind, lapply(split(d, d$id), function(one) {
    one <- one[order(one$day), ]
    if (one$day[1] != 0 || one[[sign]][1] == 1 || nrow(one) < 2) return(NULL)
    first <- which(one[[sign]] == 1)[1]
    free <- if (is.na(first)) nrow(one) else first - 1
    data.frame(id = one$id[1], left = one$day[free] / 30.4375, right = if (is.na(first)) -1 else one$day[first] / 30.4375,
      log_bili = log(one$bili[1]), trt = as.numeric(one$trt[1] == 1))
  }))
}
fitted <- function(d) {
  L <- d$left; R <- ifelse(d$right < 0, Inf, d$right); X <- as.matrix(d[, c("log_bili", "trt")]); X <- sweep(X, 2, colMeans(X))
  ends <- sort(unique(R[is.finite(R)]))  # those right after a last visit without the sign: between others the jumps are one
  ends <- ends[vapply(seq_along(ends), function(k) any(L < ends[k] & L >= if (k > 1) ends[k - 1] else -1), TRUE)]; ended <- is.finite(R)
  within <- function(k) outer(L, ends[k], "<") & outer(R, ends[k], ">=") & ended
  before <- function(k) outer(L, ends[k], ">=")
  loss <- function(k) { I <- within(k); B <- before(k)
    list(value = function(v) { e <- exp(drop(X %*% v[1:2])); l <- exp(v[-(1:2)]); w <- e * drop(I %*% l)
        sum(e * drop(B %*% l)) - sum(log(-expm1(-pmax(w[ended], 1e-300)))) },
      slope = function(v) { e <- exp(drop(X %*% v[1:2])); l <- exp(v[-(1:2)]); w <- e * drop(I %*% l)
        odds <- ifelse(ended, 1 / expm1(pmax(w, 1e-300)), 0); gone <- e * drop(B %*% l); pull <- odds * w - gone
        -c(drop(t(X) %*% pull), l * drop(t(I) %*% (odds * e) - t(B) %*% e)) }) }
  # Jumps come in by how much each would raise the likelihood, and go where they hold nothing, until none would.
  held <- round(seq(1, length(ends), length.out = 12)); v <- c(0, 0, rep(log(0.1), 12))
  repeat {
    own <- loss(held)
    for (i in 1:5) v <- nlminb(v, own$value, own$slope, control = list(rel.tol = 1e-15, iter.max = 3000, eval.max = 5000))$par
    kept <- v[-(1:2)] > log(1e-5); held <- held[kept]; v <- v[c(TRUE, TRUE, kept)]; own <- loss(held)
    full <- rep(0, length(ends)); full[held] <- exp(v[-(1:2)]); e <- exp(drop(X %*% v[1:2])); every <- seq_along(ends); w <- e * drop(within(every) %*% full)
    gain <- drop(t(within(every)) %*% (ifelse(ended, 1 / expm1(pmax(w, 1e-300)), 0) * e) - t(before(every)) %*% e); gain[held] <- -Inf
    if (max(gain) < 1e-4) break
    at <- order(c(held, which.max(gain))); v <- c(v[1:2], c(v[-(1:2)], log(1e-2))[at]); held <- c(held, which.max(gain))[at]
  }
  for (i in 1:20) v <- v - solve(jacobian(own$slope, v), own$slope(v))  # Newton to the last digit
  h <- jacobian(own$slope, v)
  covariance <- solve(h[1:2, 1:2] - h[1:2, -(1:2)] %*% solve(h[-(1:2), -(1:2)]) %*% h[-(1:2), 1:2])
  list(rows = d, n_events = sum(ended), coef = unname(v[1:2]), se = sqrt(diag(covariance)), log_likelihood = -own$value(v), largest_gain = max(gain), n_jumps = length(held))
}
answers <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  spiders = fitted(onset("spiders")), hepatomegaly = fitted(onset("hepato")))
cat(toJSON(answers, digits = 15, auto_unbox = TRUE))
