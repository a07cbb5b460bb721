"""One human slip in a plain file: read as it stands, or asked about once, never another number without a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from corpus.builders import statistical, table, workbook

import cdanalysis as cd

N = 40
IDS = [f"K{n:02}" for n in range(N)]
EVENTS = [int(n % 3 == 0) for n in range(N)]
DAYS = [40 + 37 * n % 991 for n in range(N)]
STARTS = [date(2016, 1, 9) + timedelta(days=13 * n) for n in range(N)]
ENDS = [start + timedelta(days=n) for start, n in zip(STARTS, DAYS, strict=True)]
MONTHS = sum(DAYS) / 30.4375
VALUES = [round(3.1 + 1.7 * n + n % 7 / 10, 1) for n in range(N)]


def file_of(**columns: Sequence[object]) -> bytes:
    """A cohort of these columns; two underscores in a name are a blank."""
    return table([["id", *(name.replace("__", " ") for name in columns)], *map(list, zip(IDS, *columns.values()))])  # noqa: B905


def told(content: bytes, answers: Sequence[str] = (), file_name: str = "cohort.csv") -> cd.Cohort:
    """The cohort with its questions answered in their order, which are as many as the answers."""
    opened = cd.open_cohort(content, file_name)
    for answer in answers:
        question = opened.questions[0]
        assert answer in question.options, question
        opened = cd.open_cohort(content, file_name, opened.study.answered({question.id: answer}))
    assert opened.cohort is not None, opened.refusal
    assert opened.questions == ()
    return opened.cohort


def first(cohort: cd.Cohort) -> tuple[int, int, float]:
    """Patients, events and months of the first outcome."""
    patients = cd.analyses.survival(cohort, cd.Settings()).endpoint.patients
    return len(patients), int(patients["event"].sum()), float(patients["time_months"].sum())


def found(cohort: cd.Cohort) -> list[str]:
    return [fault.found for fault in cohort.faults]


def spoilt(values: Sequence[object], cell: object, *, every: int = N, at: int = 3) -> list[object]:
    return [cell if n % every == at else value for n, value in enumerate(values)]


def with_event(cells: Sequence[object]) -> bytes:
    return file_of(death=cells, time__days=DAYS)


@pytest.mark.parametrize(("usual", "odd"), [(("no", "yes"), "x"), ((0, 1), "x"), (("nein", "ja"), "t"), ((0, 1), "+")])
def test_an_odd_letter_among_yes_and_no_is_asked_about(usual: tuple[object, object], odd: str) -> None:
    content = with_event(spoilt([usual[event] for event in EVENTS], odd))
    (question,) = cd.open_cohort(content).questions
    assert question.id == "codes:patients:death"
    assert cd.read_cohort(content).outcomes["death"].n == N - 1
    assert first(told(content, [f"{odd} = death"]))[:2] == (N, sum(EVENTS) - EVENTS[3] + 1)


@pytest.mark.parametrize(("odd", "said"), [("y", "1 × y, read as event"), ("?", "1 × the missing code ?")])
def test_a_rare_writing_of_an_event_is_said(odd: str, said: str) -> None:
    assert said in found(told(with_event(spoilt(["yes" if event else "no" for event in EVENTS], odd))))


@pytest.mark.parametrize("odd", ["x", "2"])
def test_an_odd_cell_of_a_yes_and_no_of_the_dictionary_is_asked_about(odd: str) -> None:
    cells = spoilt(["yes" if event else "no" for event in EVENTS], odd)
    content = file_of(perianal=cells, death=EVENTS, time__days=DAYS)
    (question,) = cd.open_cohort(content).questions
    assert question.options == ("yes", "no", "missing")
    assert told(content, ["no"]).patients["perianal"].sum() == cells.count("yes")
    assert told(content, ["missing"]).patients["perianal"].count() == N - 1


@pytest.mark.parametrize(
    ("cells", "value", "said"),
    [
        ("76²", 76, "with a mark beside the number"), ("7.6*", 7.6, "with a mark beside the number"),
        ("↑27", 27, "with a mark beside the number"), ("27.4 H", 27.4, "with a mark beside the number"),
        ("4.7x10^3", 4700, "written as a power of ten"), ("4.7 × 10³", 4700, "written as a power of ten"),
        ("less than 5", 2.5, "below the limit of detection"), ("(<5)", 2.5, "below the limit of detection"),
        ("1,50,000", 150_000, "with a mark between thousands"), ("5 ng/ml", 5, "with ng/ml behind the number"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_number_is_no_part_of_it_and_said(cells: str, value: float, said: str) -> None:
    cohort = told(file_of(ferritin=spoilt(VALUES, f'"{cells}"'), death=EVENTS, time__days=DAYS))
    assert cohort.patients["ferritin"].dtype == float
    assert cohort.patients["ferritin"][3] == value
    assert any(said in text for text in found(cohort))


@pytest.mark.parametrize(("cell", "value"), [("4·7", 4.7), ("\u200b4.7", 4.7), ("–4.7", -4.7), ("4.7\u2060", 4.7)])
def test_a_number_in_signs_of_print_is_a_number(cell: str, value: float) -> None:
    assert told(file_of(excess=spoilt(VALUES, cell), death=EVENTS, time__days=DAYS)).patients["excess"][3] == value


def test_numbers_in_several_units_stay_texts_and_are_said() -> None:
    cells = [f"{value} {('mg/dL', 'µmol/L')[n % 2]}" for n, value in enumerate(VALUES)]
    cohort = told(file_of(bilirubin=cells, death=EVENTS, time__days=DAYS))
    assert "numbers in several units: 20 × mg/dl and 20 × umol/l" in found(cohort)
    assert "bilirubin" not in cohort.markers


def test_groups_by_words_are_no_limits_of_detection() -> None:
    cells = [("under 65", "over 65")[event] for event in EVENTS]
    assert told(file_of(age__group=cells, death=EVENTS, time__days=DAYS)).patients["age group"].tolist() == cells


@pytest.mark.parametrize(("answer", "value"), [("parts of 1: 0.4 is 40 %", 40), ("percent, as the others", 0.4)])
def test_a_part_of_one_beside_percents_is_asked_about(answer: str, value: float) -> None:
    content = file_of(lvef=spoilt([f"{30 + n}%" for n in range(N)], 0.4), death=EVENTS, time__days=DAYS)
    assert pd.isna(cd.read_cohort(content).patients["lvef"][3])
    assert told(content, [answer]).patients["lvef"][3] == pytest.approx(value)


@pytest.mark.parametrize(
    ("usual", "other"),
    [("open", "OPEN"), ("laparoscopic", "laparoscpic"), ("II", "2"), ("non-smoker", "non smoker"), ("yes", "Y")],
)
def test_another_writing_of_a_category_is_asked_about_once(usual: str, other: str) -> None:
    rest = {"yes": "no"}.get(usual, "another")
    content = file_of(
        kept=spoilt([rest if event else usual for event in EVENTS], other, at=4), death=EVENTS, time__days=DAYS
    )
    (question,) = cd.open_cohort(content).questions
    assert question.text.startswith(f"kept: 1 × {other} beside 25 × {usual}")
    assert cd.read_cohort(content).patients["kept"][4] == other
    assert told(content, ["the same"]).patients["kept"][4] == usual
    assert told(content, ["different"]).patients["kept"][4] == other


def test_categories_of_their_own_are_asked_nothing() -> None:
    cells = [("Crohn's disease", "colitis", "L1", "L2", "grade 1", "grade 2")[n % 6] for n in range(N)]
    told(file_of(kept=cells, death=EVENTS, time__days=DAYS))


@pytest.mark.parametrize(
    ("cells", "code", "every"),
    [
        (VALUES, 99999, 9), (VALUES, 1e9, 9), (VALUES, 88, 9), ([50 + value for value in VALUES], 0, 9), (EVENTS, 11, N),
        (EVENTS, 0.5, N), ([1 + n % 3 for n in range(N)], 8, 9),
    ],
)  # fmt: skip
def test_a_number_that_is_no_measurement_is_asked_about(cells: Sequence[float], code: float, every: int) -> None:
    content = file_of(ferritin=spoilt(cells, code, every=every), death=EVENTS, time__days=DAYS)
    assert "missing:patients:ferritin" in [one.id for one in cd.open_cohort(content).questions]
    assert code not in cd.read_cohort(content).patients["ferritin"].tolist()


def test_a_limit_of_detection_at_which_many_lie_is_no_code() -> None:
    cells = [max(8, 4 + 3 * value) if n % 4 else 8 for n, value in enumerate(VALUES)]
    told(file_of(ferritin=cells, death=EVENTS, time__days=DAYS))


def test_a_code_for_missing_does_not_change_the_unit_of_a_column() -> None:
    ages = spoilt([30 + n for n in range(N)], 998, every=9)
    assert told(file_of(age=ages, death=EVENTS, time__days=DAYS)).patients["age_years"].max() == 68


def test_a_code_of_two_digits_beside_those_of_sex_is_missing() -> None:
    content = file_of(sex=spoilt([1 + event for event in EVENTS], 99), death=EVENTS, time__days=DAYS)
    cohort = told(content, ["1 is male, 2 is female"])
    assert cohort.patients["sex"].count() == N - 1
    assert "1 × the missing code 99" in found(cohort)


def test_a_label_that_says_missing_is_taken_at_its_word() -> None:
    frame = pd.DataFrame({"id": IDS, "ferritin": spoilt(VALUES, 9.0), "death": EVENTS, "time_days": DAYS})
    content = statistical("sav", frame, variable_value_labels={"ferritin": {9: "not done"}})
    cohort = told(content, file_name="cohort.sav")
    assert pd.isna(cohort.patients["ferritin"][3])
    assert "1 × the missing code not done" in found(cohort)


def test_months_that_are_days_are_left_out_until_their_unit_is_answered() -> None:
    content = file_of(death=EVENTS, time_months=DAYS)
    assert cd.read_cohort(content).outcomes["death"].n == 0
    assert first(told(content, ["days"])) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))


def test_days_with_decimals_are_asked_about() -> None:
    content = file_of(death=EVENTS, time_days=[round(n / 30.4375, 1) for n in DAYS])
    (question,) = cd.open_cohort(content).questions
    assert question.id == "unit:patients:time_days"
    assert first(told(content, ["months"])) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=2))


ORIGINS = [
    (date(1970, 1, 1), 1, "days since 1970-01-01, as R and Unix count"),
    (date(1960, 1, 1), 1, "days since 1960-01-01, as SAS and Stata count"),
    (date(1582, 10, 14), 1, "days since 1582-10-14, as SPSS counts"),
    (date(1960, 1, 1), 86_400, "seconds since 1960-01-01, as SAS counts"),
    (date(1960, 1, 1), 86_400_000, "milliseconds since 1960-01-01, as Stata counts"),
]


@pytest.mark.parametrize(("since", "unit", "answer"), ORIGINS)
def test_dates_counted_as_numbers_are_asked_about_once_for_the_table(since: date, unit: int, answer: str) -> None:
    starts, ends = ([(day - since).days * unit for day in days] for days in (STARTS, ENDS))
    content = file_of(start_date=starts, last_follow_up_date=ends, death=EVENTS)
    assert [one.id for one in cd.open_cohort(content).questions] == ["counted:patients"]
    assert first(told(content, [answer])) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))


def test_day_numbers_under_the_names_of_events_are_no_durations() -> None:
    """As MASS's Aids2 has them: a day of diagnosis, a day of death or of the last contact, and a status."""
    starts, ends = ([(day - date(1960, 1, 1)).days for day in days] for days in (STARTS, ENDS))
    content = file_of(diag=starts, death=ends, status=["AD"[event] for event in EVENTS])
    answers = ["days since 1960-01-01, as SAS and Stata count", "diag", "a = censored, d = death"]
    assert first(told(content, answers)) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))


@pytest.mark.parametrize("form", ["{0:%d.%m.%Y} - {1:%d.%m.%Y}", "{0} to {1}", "{0:%d/%m/%Y}–{1:%d/%m/%Y}"])
def test_a_follow_up_that_stands_as_a_range_of_dates_is_read(form: str) -> None:
    content = file_of(**{"follow-up": [form.format(*both) for both in zip(STARTS, ENDS, strict=True)]}, death=EVENTS)
    cohort = told(content)
    assert first(cohort) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))
    assert any("a range such as" in text for text in found(cohort))


def test_a_follow_up_that_stands_as_a_range_of_years_asks_for_their_days() -> None:
    content = file_of(**{"follow-up": [f"{a.year}-{b.year}" for a, b in zip(STARTS, ENDS, strict=True)]}, death=EVENTS)
    years = sum(b.year - a.year for a, b in zip(STARTS, ENDS, strict=True))
    n, events, months = first(told(content, ["1 July", "1 July", "a time of 0"]))
    assert (n, events) == (N, sum(EVENTS))
    assert months == pytest.approx(12 * years, abs=1)


@pytest.mark.parametrize("last", [date(2005, 11, 2), date(1949, 11, 2)])
def test_a_year_with_its_month_is_no_range_of_years(last: date) -> None:
    content = file_of(**{"last observation": [f"{last.year}-{1 + row % 11:02}" for row in range(N)]}, death=EVENTS)
    assert not any("a range such as" in text for text in found(cd.read_cohort(content)))


@pytest.mark.parametrize(
    ("end", "time", "answers"),
    [
        ("futime", "etime1", ["days", "an outcome", "days"]),
        ("fu_days", "mi_days", ["an outcome"]),
        ("follow_up_days", "time_to_relapse_days", []),
    ],
)
def test_a_time_of_some_beside_a_follow_up_of_all_states_the_outcome(end: str, time: str, answers: list[str]) -> None:
    """As survival's cgd0 has it: no column says whether it happened."""
    times = [n if event else "" for n, event in zip(DAYS, EVENTS, strict=True)]
    content = file_of(**{end: [n + 30 for n in DAYS], time: times})
    followed = sum(n if event else n + 30 for n, event in zip(DAYS, EVENTS, strict=True)) / 30.4375
    assert first(told(content, answers)) == (N, sum(EVENTS), pytest.approx(followed, abs=0.1))


@pytest.mark.parametrize(
    "form", ["{0.day}/{0.month}-{0.year}", "{0:%d_%m_%Y}", "{0:%d\\%m\\%Y}", "{0:%d}.{1}.{0.year}", '"""{0}"""']
)
def test_dates_in_other_marks_are_dates(form: str) -> None:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    starts, ends = ([form.format(day, roman[day.month - 1]) for day in days] for days in (STARTS, ENDS))
    cohort = told(file_of(start_date=starts, last_follow_up_date=ends, death=EVENTS))
    assert first(cohort) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))


@pytest.mark.parametrize("form", ["{0:%Y-%m}-??", "{0:%Y-%m}-00", "UN-{0:%b-%Y}", "99/{0:%m/%Y}", "{0:%Y-%m}-XX"])
def test_a_day_that_is_not_known_is_asked_for_once(form: str) -> None:
    ends = [form.format(day) if n % 9 == 3 else f"{day}" for n, day in enumerate(ENDS)]
    content = file_of(start_date=STARTS, last_follow_up_date=ends, death=EVENTS)
    assert [one.id for one in cd.open_cohort(content).questions] == ["days:patients:last_follow_up_date"]
    off = sum(15 - day.day for n, day in enumerate(ENDS) if n % 9 == 3) / 30.4375
    assert first(told(content, ["the 15th"])) == (N, sum(EVENTS), pytest.approx(MONTHS + off, abs=0.1))


@pytest.mark.parametrize("form", ["{} days 00:00:00", "Time difference of {} days"])
def test_durations_as_programs_print_them_are_durations(form: str) -> None:
    content = file_of(follow_up=[form.format(n) for n in DAYS], death=EVENTS)
    assert first(told(content)) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))


def test_units_and_codes_for_missing_of_the_files_own_list_are_used_and_said() -> None:
    values = spoilt(VALUES, 9.5, every=9)
    rows = [["id", "time", "death", "ferritin"], *map(list, zip(IDS, DAYS, EVENTS, values, strict=True))]
    listed = [["variable", "unit", "missing"], ["time", "days", None], ["ferritin", "ng/ml", "9.5; -1"]]
    cohort = told(workbook({"patients": rows, "codebook": listed}), file_name="cohort.xlsx")
    assert first(cohort) == (N, sum(EVENTS), pytest.approx(MONTHS, abs=0.1))
    assert cohort.patients["ferritin (ng/ml)"].isna().sum() == values.count(9.5)
    assert "5 × -1 or 9.5, missing by the file's own list" in found(cohort)
