# cohort.csv -> the same cohort as SAS, SPSS and Stata keep it, by R's haven (2.5.1, R 4.2.2; Debian's r-cran-haven).
#   cohort.sas7bdat  dates as SAS dates, yes/no as 1 and 0, empty cells as SAS's missing values
#   cohort.sav       sex, smoking and yes/no as labelled codes, CRP -9 declared as missing by the user
#   cohort.dta       the same labels as Stata keeps them
# sas7bdat keeps no value labels itself (SAS has them in a catalogue beside it), so its categories are texts.
# Run from the repository: Rscript tests/corpus/haven/files.R
suppressMessages(library(haven))
folder <- "tests/corpus/haven"
cohort <- read.csv(file.path(folder, "cohort.csv"), na.strings = "", stringsAsFactors = FALSE)
for (name in grep("_date$", names(cohort), value = TRUE)) cohort[[name]] <- as.Date(cohort[[name]])
yes_no <- c("prior_biologic", "nudt15_variant")
for (name in yes_no) cohort[[name]] <- as.numeric(cohort[[name]] == "yes")

write_sas(cohort, file.path(folder, "cohort.sas7bdat"))

labelled_of <- function(texts, words) labelled(match(texts, words), setNames(seq_along(words), words))
coded <- cohort
coded$sex <- labelled_of(cohort$sex, c("male", "female"))
coded$smoking <- labelled_of(cohort$smoking, c("never", "former", "current"))
for (name in yes_no) coded[[name]] <- labelled(cohort[[name]], c(no = 0, yes = 1))
write_dta(coded, file.path(folder, "cohort.dta"))

coded$crp_mg_per_l[is.na(coded$crp_mg_per_l)] <- -9
coded$crp_mg_per_l <- labelled_spss(coded$crp_mg_per_l, c("not measured" = -9), na_values = -9)
write_sav(coded, file.path(folder, "cohort.sav"))
