# The current value of a marker, carried for a stated span: bilirubin of pbcseq, and the transplant of heart: R's survival (tmerge, coxph, survfit).
# Rscript tests/golden/time_dependent.R > tests/golden/reference_time_dependent.json
suppressMessages({library(survival); library(jsonlite)})
tight <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
first <- pbcseq[!duplicated(pbcseq$id), ]; ends <- data.frame(id = first$id, time = first$futime, event = as.numeric(first$status == 2))
labs <- data.frame(id = pbcseq$id, day = pbcseq$day, bili = pbcseq$bili)
cut_at <- function(span, lag) {
  out <- list()
  for (i in ends$id) {
    d <- labs[labs$id == i, ]; d <- d[order(d$day), ]; end <- ends$time[ends$id == i]; died <- ends$event[ends$id == i]
    for (k in seq_len(nrow(d))) {
      a <- max(d$day[k] + lag, 0); b <- min(if (k < nrow(d)) d$day[k + 1] + lag else Inf, d$day[k] + span, end)
      if (b > a) out[[length(out) + 1]] <- data.frame(id = i, tstart = a, tstop = b, death = as.numeric(died == 1 && b == end), bili = d$bili[k])
    }
  }
  do.call(rbind, out)
}
of <- function(fit) list(coef = unname(coef(fit)), se = unname(sqrt(diag(fit$var))))
told <- function(d, state) {
  d$state <- state; curve <- survfit(Surv(tstart, tstop, death) ~ state, d); at <- c(500, 1500, 3000); s <- summary(curve, times = at, extend = TRUE)
  list(n_rows = nrow(d), n_events = sum(d$death), cut = of(coxph(Surv(tstart, tstop, death) ~ state, d, cluster = id, control = tight)),
    mantel_byar = coxph(Surv(tstart, tstop, death) ~ state, d, ties = "exact")$score, at = at, surv = s$surv)
}
bili <- function(span, lag) { d <- cut_at(span, lag); c(told(d, as.numeric(d$bili > 2)), list(log = of(coxph(Surv(tstart, tstop, death) ~ log(bili), d, cluster = id, control = tight)))) }
h <- heart; names(h)[1:3] <- c("tstart", "tstop", "death")
whole <- tmerge(ends, ends, id = id, death = event(time, event)); whole <- tmerge(whole, labs, id = id, bili = tdc(day, bili))
stopifnot(all.equal(whole$tstop, cut_at(Inf, 0)$tstop))  # with no end of the span the rows are tmerge's
cat(toJSON(list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))), ends = ends, labs = labs, no_end = bili(1e9, 0),
  year = bili(400, 0), lagged = bili(400, 60), heart = c(list(rows = h[, c("id", "tstart", "tstop", "death", "transplant")]), told(h, as.numeric(as.character(h$transplant))))),
  digits = 15, auto_unbox = TRUE))
