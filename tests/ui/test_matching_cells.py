"""The table of what each column was understood as: an empty unit is an empty cell, not the word None."""

import pandas as pd

from cdanalysis.ui.cohort_page import matching
from cdanalysis.writing.tables.matching import COLUMN, HEADER, UNIT, WEEK


def test_a_column_without_a_unit_has_an_empty_cell(monkeypatch):
    given = {}
    monkeypatch.setattr(matching.st, "data_editor", lambda _, **how: given.update(how))
    frame = pd.DataFrame({HEADER: ["CRP"], COLUMN: ["crp_mg_per_l"], UNIT: [""], WEEK: [float("nan")]})
    matching._table("patients", frame, True, "1")
    assert given["placeholder"] == ""
