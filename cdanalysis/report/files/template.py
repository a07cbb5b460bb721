"""The empty workbook a clinician fills in: written from the data dictionary, so that the two cannot disagree.

The components of the indices are explained in its dictionary and stand in no sheet: few files have any.

`python -m cdanalysis.report.files.template` writes assets/template.xlsx again.
"""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.further_words import NUMBERS_OF_PATIENTS
from cdanalysis.dictionary.indices.index_columns import COMPONENTS

TEMPLATE = Path(__file__).parents[3] / "assets" / "template.xlsx"
DICTIONARY_HEADERS = ("Sheet", "Column", "Required", "Unit", "Accepted", "Meaning", "Other headers that are understood")


def dictionary_rows() -> list[tuple[str, ...]]:
    """The dictionary as the template's first sheet shows it."""
    return [_row(spec) for specs in COLUMNS.values() for spec in specs]


def write_template(path: Path = TEMPLATE) -> None:
    """One sheet per kind of record with its headers, and the dictionary that explains them."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "title": "Cohort template"})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        dictionary = book.add_worksheet("dictionary")
        dictionary.freeze_panes(1, 0)
        for column, width in enumerate((14, 34, 9, 18, 40, 48, 60)):
            dictionary.set_column(column, column, width, wrapped)
        dictionary.write_row(0, 0, DICTIONARY_HEADERS, bold)
        for number, row in enumerate(dictionary_rows(), 1):
            dictionary.write_row(number, 0, row)
        for name, specs in COLUMNS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            columns = [spec.name for spec in specs if spec not in COMPONENTS]
            sheet.set_column(0, len(columns) - 1, 18)
            sheet.write_row(0, 0, columns, bold)


def _row(spec: ColumnSpec) -> tuple[str, ...]:
    required = "yes" if spec.required else ""
    plainly = ", ".join(one for one in spec.synonyms if one not in NUMBERS_OF_PATIENTS)
    return spec.sheet, spec.name, required, spec.unit, accepted(spec), spec.meaning, plainly


if __name__ == "__main__":
    write_template()
