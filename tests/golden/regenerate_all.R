# Writes every file of R's answers again, from the repository's root: Rscript tests/golden/regenerate_all.R [folder]
# With a folder (which must exist) the answers go there, and the largest relative difference from the stored ones is printed.
# Needs survival, survminer, cmprsk, mice, maxstat, sandwich, numDeriv, riskRegression, metafor, rms, jsonlite; what needs coxphf is kept as stored (stored_entries.R).
suppressMessages(library(jsonlite))
folder <- commandArgs(trailingOnly = TRUE)[1]
stored <- "tests/golden"
if (is.na(folder)) folder <- stored
numbers <- function(x) if (is.list(x)) unlist(lapply(x, numbers)) else suppressWarnings(as.numeric(x))
compare <- function(name) {
  old <- numbers(fromJSON(file.path(stored, name), simplifyVector = FALSE)); new <- numbers(fromJSON(file.path(folder, name), simplifyVector = FALSE))
  if (length(old) != length(new)) return(cat(name, ": ", length(old), " numbers stored, ", length(new), " now\n", sep = ""))
  both <- is.finite(old) & is.finite(new)
  gap <- if (any(both)) max(abs(old - new)[both] / pmax(abs(old[both]), 1e-6)) else 0
  cat(sprintf("%s: %d numbers, largest relative difference %.2g, %d missing in one only\n", name, sum(both), gap, sum(is.na(old) != is.na(new))))
}
# Every other script here prints the answers of one file: x.R those of reference_x.json.
for (script in setdiff(list.files(stored, pattern = "[.]R$"), c("regenerate_all.R", "stored_entries.R"))) {
  file <- paste0("reference_", sub("[.]R$", ".json", script)); made <- tempfile()
  if (system2("Rscript", file.path(stored, script), stdout = made, stderr = FALSE) != 0) stop(script, " failed")
  file.copy(made, file.path(folder, file), overwrite = TRUE)
  if (folder != stored) compare(file)
}
# The entries taken from the project's golden set are computed again in their places.
source(file.path(stored, "stored_entries.R"))
for (file in c("reference.json", "reference_ph_firth.json", "reference_cutoff_scan.json", "reference_tables.json")) {
  writeLines(toJSON(computed_again(file.path(stored, file)), digits = 15, auto_unbox = TRUE, null = "null", na = "null"), file.path(folder, file))
  if (folder != stored) compare(file)
}
