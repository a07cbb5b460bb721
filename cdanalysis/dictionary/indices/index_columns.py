"""The columns of the indices, by their rows: the totals of patients and visits, the components of visits."""

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.indices.index import Index, Item
from cdanalysis.dictionary.indices.indices import INDICES


def _of_index(index: Index) -> ColumnSpec:
    return ColumnSpec(
        index.column, "patients", "number", index.name, index.unit, index.lowest, index.highest,
        tuple(index.synonyms.split("|")),
    )  # fmt: skip


def _of_item(item: Item) -> ColumnSpec:
    if item.is_yes_no:
        return ColumnSpec(
            item.column, "visits", "yes_no", item.meaning, synonyms=item.synonyms, categories=("yes", "no")
        )
    return ColumnSpec(item.column, "visits", "number", item.meaning, "", item.lowest, item.highest, item.synonyms)


TOTALS = tuple(map(_of_index, INDICES.values()))
_ITEMS = {item.column: item for index in INDICES.values() for item in index.items}  # the Mayo scores share theirs
COMPONENTS = tuple(map(_of_item, _ITEMS.values()))
