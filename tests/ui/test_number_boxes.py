"""A box for a number shows the digits that the number has: 10 and not 10.00."""

from pathlib import Path

import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["pages/predictors.py", "pages/cutoffs.py", "pages/endoscopy.py"])
def test_no_box_writes_decimals_that_nobody_gave(name):
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)).switch_page(name).run()
    boxes = [one.proto for one in app.number_input]
    assert boxes
    decimals = [one.label for one in boxes if one.format not in ("%g", "%d")]
    assert decimals == []
