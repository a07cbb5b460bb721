"""What a column of dates leaves open: the order of day, month and year, a month or a year alone, day and month exchanged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cdanalysis.reading.dates.counted import long_year, of_minguo
from cdanalysis.reading.dates.forms import (
    DAY_FIRST,
    YEAR_FIRST,
    is_iso,
    may_be_day,
    month_of,
    numbers_of,
    plain,
    said_date,
    year_of,
)
from cdanalysis.reading.dates.none import is_placeholder
from cdanalysis.reading.dates.order import DateOrder, order_of
from cdanalysis.reading.questions import ColumnAsking

LONGEST_YEAR = 8  # characters
LEAST_YEARS = 2  # cells: a single year among dates is one that was not finished
LEAST_EXCHANGED = 2  # date cells, beside texts that could be none
DAYS_OF_MONTH = {"the 15th": 15, "the 1st": 1}
DAYS_OF_YEAR = {"1 July": (7, 1), "1 January": (1, 1), "31 December": (12, 31)}
A_DAY = "a day and a month, of a year that is not said: no date"
SHORT_MONTHS = {f"a month and a year, read as {day}": n for day, n in DAYS_OF_MONTH.items()} | {A_DAY: -1}
MINGUO, NO_DATE = "years of the Republic of China", "no dates"
EXCHANGED, AS_THEY_STAND = "exchange day and month of the date cells", "the date cells are right"


def asked_order(cells: Sequence[object], about: ColumnAsking, given: str = "") -> DateOrder:
    """How a column writes its dates: as given, as it tells itself, or as the reader answers."""
    if (minguo := _asked_minguo(cells, about)) is not False:
        return DateOrder(minguo=minguo)
    found = DateOrder(given) if given else _as_beside(order_of(cells), about)
    if found.undecided:
        n = sum(isinstance(cell, str) and plain(cell) in found.undecided for cell in cells)
        example = next(plain(cell) for cell in cells if isinstance(cell, str) and plain(cell) in found.undecided)
        first = "day, month or year" if YEAR_FIRST in found.possible else "day or month"
        text = f"{n} × a date such as {example}: {first} first?"
        answer = about.ask("dates", text, found.possible, f"{n:,} dates, left out until then")
        if answer:
            found = DateOrder(answer, f"dates read as {answer}, as answered")
    return _asked_exchanged(cells, about, _asked_year(cells, about, _asked_day(cells, about, found)))


def _as_beside(found: DateOrder, about: ColumnAsking) -> DateOrder:
    """A short year first or last, `17.01.16`, as the columns read before of the sheet proved it; another order as it is."""
    proved = about.asking.orders.setdefault(about.sheet, set())
    if found.order and not found.possible:
        proved.add(found.order)
    if found.undecided and found.possible == (DAY_FIRST, YEAR_FIRST) and proved == {DAY_FIRST}:
        return DateOrder(DAY_FIRST, f"dates read as {DAY_FIRST}, as the others of the sheet")
    return found


def _asked_day(cells: Sequence[object], about: ColumnAsking, found: DateOrder) -> DateOrder:
    """Which day is meant by a month alone, where one stands in the column."""
    alone = [text for cell in cells if isinstance(cell, str) and month_of(text := plain(cell))]
    if not alone:
        return found
    until = "left out until then; half a month either way"
    if all(map(may_be_day, alone)):
        meant = f"{alone[0]}, which is a month and a year, or a day and a month. Which is it?"
        answer = about.ask("short month", f"{len(alone)} × {meant}", tuple(SHORT_MONTHS), until)
        return replace(found, day_of_month=SHORT_MONTHS.get(answer or "", 0))
    text = f"{len(alone)} × a month without a day, such as {alone[0]}. As which day is it read?"
    answer = about.ask("days", text, tuple(DAYS_OF_MONTH), until)
    return replace(found, day_of_month=DAYS_OF_MONTH.get(answer or "", 0))


def _asked_year(cells: Sequence[object], about: ColumnAsking, found: DateOrder) -> DateOrder:
    """Which day is meant by a year alone, where one stands in the column."""
    short = [str(cell) for cell in cells if isinstance(cell, str | int | float) and len(str(cell)) <= LONGEST_YEAR]
    alone = [year for text in short if (year := year_of(plain(text)))]
    if len(alone) < LEAST_YEARS:
        return found
    text = f"{len(alone)} × a year alone, such as {alone[0]}. As which day is it read?"
    answer = about.ask("years", text, tuple(DAYS_OF_YEAR), "left out until then; half a year either way")
    return replace(found, of_year=DAYS_OF_YEAR.get(answer or ""))


def _asked_minguo(cells: Sequence[object], about: ColumnAsking) -> bool | None:
    """Whether years of three digits are those of the Republic of China; False where there are none."""
    held = [text for cell in cells if isinstance(cell, str) and long_year(text := plain(cell))]
    if not held:
        return False
    first = of_minguo(held[0])
    text = f"{len(held)} × a date such as {held[0]}. Are these years of the Republic of China, so that it is {first}?"
    answer = about.ask("era", text, (MINGUO, NO_DATE), "left out until then")
    return None if answer is None else answer == MINGUO


def _asked_exchanged(cells: Sequence[object], about: ColumnAsking, found: DateOrder) -> DateOrder:
    """Whether a spreadsheet exchanged day and month of the date cells, where they look so."""
    exchanged = _may_be_exchanged(cells)
    if not exchanged:
        return found
    text = (
        f"{exchanged} date cells lie on the 1st to the 12th, and none of the dates that stand as text could: a spreadsheet "
        "may have swapped day and month of the date cells"
    )
    answer = about.ask("swapped", text, (EXCHANGED, AS_THEY_STAND), "these date cells are left out until then")
    return replace(found, exchanged=answer and answer == EXCHANGED)


def _may_be_exchanged(cells: Sequence[object]) -> int:
    """How many date cells there are, if none lies beyond the 12th and no text beside them could have become one.

    What an export wrote of such a cell, 2018-08-02, counts as the cell.
    """
    texts = Counter(plain(cell) for cell in cells if isinstance(cell, str))
    beside = [found[0] for text in texts if (found := numbers_of(text)) and not is_placeholder(text)]
    if not beside or any(max(int(numbers[0]), int(numbers[1])) <= 12 for numbers in beside):
        return 0
    days = [cell.day for cell in cells if isinstance(cell, date)]
    days += [day.day for text, n in texts.items() if is_iso(text) and (day := said_date(text)) for _ in range(n)]
    return len(days) if len(days) >= LEAST_EXCHANGED and max(days) <= 12 else 0
