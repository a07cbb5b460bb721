"""Characters without width in headers and cells, dates with SAS's time of day, months of further languages."""

from __future__ import annotations

from datetime import date

import pytest
from corpus.builders import table
from corpus.right_numbers import DAYS, EVENTS, FREE, IDS, LATER, MONTHS, RELAPSES, STARTS

import cdanalysis as cd
from cdanalysis.reading.dates.forms import plain, said_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01JAN2018:00:00:00", date(2018, 1, 1)),
        ("09mar2019:13:45", date(2019, 3, 9)),
        ("31DEC17:23:59:59.999", date(2017, 12, 31)),
        ("5 Ocak 2018", date(2018, 1, 5)),
        ("5 Şub 2018", date(2018, 2, 5)),
        ("17 Ağustos 2019", date(2019, 8, 17)),
        ("1 Kasım 2020", date(2020, 11, 1)),
        ("2019. március 4", date(2019, 3, 4)),
        ("4 március 2019", date(2019, 3, 4)),
        ("4 május 2019", date(2019, 5, 4)),
        ("3 iunie 2018", date(2018, 6, 3)),
        ("3 iulie 2018", date(2018, 7, 3)),
        ("3 noiembrie 2018", date(2018, 11, 3)),
        ("12. marraskuuta 2018", date(2018, 11, 12)),
        ("12. maaliskuuta 2018", date(2018, 3, 12)),
        ("12. kesäkuuta 2018", date(2018, 6, 12)),
    ],
)
def test_a_date_as_others_write_it(text: str, day: date) -> None:
    assert said_date(plain(text)) == day


def test_dates_of_sas_are_counted() -> None:
    def written(days: list) -> list[str]:
        return [f"{day:%d%b%Y}:00:00:00".upper() if day else "." for day in days]

    rows = zip(IDS, written(STARTS), written(RELAPSES), written(LATER), strict=True)
    cohort = cd.read_cohort(table([["USUBJID", "RANDDT", "DTHDT", "LSTALVDT"], *map(list, rows)]), file_name="x.csv")
    found = cd.analyses.survival(cohort, cd.Settings()).endpoint.patients
    assert (len(found), int(found["event"].sum()), found["time_months"].sum()) == (12, 5, pytest.approx(FREE))


def test_what_has_no_width_is_no_part_of_a_name_or_of_a_code() -> None:
    headers = ["Pat.\u00a0Nr.", "Nach\u00adbeobachtung\u00a0(Tage)", "Ver\u00adstorben\u200b"]
    words = ["ja\u200b" if happened else "ne\u00adin" for happened in EVENTS]
    found = cd.open_cohort(table([headers, *map(list, zip(IDS, DAYS, words, strict=True))]), "x.csv")
    assert found.questions == ()
    assert found.cohort is not None
    rows = cd.analyses.survival(found.cohort, cd.Settings()).endpoint.patients
    assert (len(rows), int(rows["event"].sum()), rows["time_months"].sum()) == (12, 5, pytest.approx(sum(MONTHS)))
