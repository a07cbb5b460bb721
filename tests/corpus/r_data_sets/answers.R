# Writes the further data sets as R writes tables, and what R says of each of their outcomes: Rscript answers.R
suppressMessages({library(survival); library(jsonlite)})

first_of <- function(d, ids) d[d$id %in% head(unique(d$id), ids), ]
sets <- list(
  lung = lung, colon = first_of(colon, 80), mgus1 = head(mgus1, 120), transplant = head(transplant, 250), heart = heart,
  bladder1 = bladder1, udca2 = first_of(udca2, 40), myeloma = head(myeloma, 200), stanford2 = stanford2, jasa = jasa,
  nafld1 = head(nafld1, 150), jasa1 = jasa1)
for (name in names(sets)) switch(name,
  heart = write.csv2(sets[[name]], "heart.csv", row.names = FALSE),
  stanford2 = , jasa1 = write.table(sets[[name]], paste0(name, ".txt"), sep = "\t", quote = FALSE),
  mgus1 = write.csv(sets[[name]], "mgus1.csv"),
  write.csv(sets[[name]], paste0(name, ".csv"), row.names = FALSE))

# Of rows of intervals: to the first with the event, else to the last.
one_each <- function(d, event) do.call(rbind, lapply(split(cbind(d, event = event), d$id), function(rows) {
  rows <- rows[order(rows$stop), ]
  here <- if (any(rows[[ncol(rows)]] == 1)) which(rows[[ncol(rows)]] == 1)[1] else nrow(rows)
  data.frame(rows[1, names(rows) != "stop"], stop = rows$stop[here], happened = rows[here, ncol(rows)], check.names = FALSE)
}))

answer <- function(d, time, event, marker, days = 1, entry = NULL) {
  months <- d[[time]] * days / 30.4375
  event <- as.integer(event)
  outcome <- if (is.null(entry)) Surv(months, event) else Surv(d[[entry]] * days / 30.4375, months, event)
  high <- as.integer(d[[marker]] > median(d[[marker]], na.rm = TRUE))
  fitted <- summary(coxph(outcome ~ high))$coefficients
  at <- unname(quantile(months, c(0.25, 0.5)))
  list(n = length(event), events = sum(event), months = sum(months), at = at,
       survival = summary(survfit(outcome ~ 1), times = at)$surv, ratio = fitted[2], p = fitted[5])
}

s <- sets
of <- list(
  lung = answer(s$lung, "time", s$lung$status == 2, "meal.cal"),
  colon = with(list(d = s$colon[s$colon$etype == 2, ]), answer(d, "time", d$status == 1, "nodes")),
  mgus1 = with(list(d = one_each(s$mgus1, as.integer(s$mgus1$event == "pcm"))), answer(d, "stop", d$happened == 1, "mspike")),
  transplant = answer(s$transplant, "futime", s$transplant$event == "ltx", "age"),
  heart = with(list(d = one_each(s$heart, s$heart$event)), answer(d, "stop", d$happened == 1, "age")),
  bladder1 = with(list(d = one_each(s$bladder1, as.integer(s$bladder1$status == 1))),
                  answer(d, "stop", d$happened == 1, "number", days = 30.4375)),
  udca2 = with(list(d = s$udca2[s$udca2$endpoint == "varices", ]), answer(d, "futime", d$status == 1, "bili")),
  myeloma = answer(s$myeloma, "futime", s$myeloma$death == 1, "year", entry = "entry"),
  stanford2 = answer(s$stanford2, "time", s$stanford2$status == 1, "t5"),
  jasa = answer(s$jasa, "futime", s$jasa$fustat == 1, "age"),
  nafld1 = answer(s$nafld1, "futime", s$nafld1$status == 1, "bmi"),
  jasa1 = with(list(d = one_each(s$jasa1, s$jasa1$event)), answer(d, "stop", d$happened == 1, "year")))
write_json(of, "answers.json", auto_unbox = TRUE, digits = 10, pretty = TRUE)
