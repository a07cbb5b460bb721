"""How the columns of a file were understood, as JSON, and back: a matching is kept to read the same file the same way."""

from __future__ import annotations

import json
from dataclasses import asdict

from cdanalysis.errors import CohortError
from cdanalysis.reading.matching import Matching, MatchRow


def matching_to_json(matching: Matching) -> str:
    """Every header of the file with the column it was understood as."""
    return json.dumps({"columns": [asdict(row) for row in matching.rows]}, indent=2, ensure_ascii=False)


def matching_from_json(content: bytes | str) -> Matching:
    """The matching of such a file; CohortError for any other."""
    try:
        return Matching(tuple(MatchRow(**row) for row in json.loads(content)["columns"]))
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise CohortError("The file holds no matching of columns.") from wrong
