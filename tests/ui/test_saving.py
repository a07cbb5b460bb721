"""What a figure's dialogue says becomes settings, and nothing impossible does."""

from __future__ import annotations

from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import pairs
from cdanalysis.ui.widgets.saving import with_choices

CHOSEN = {"figure_format": "tiff", "figure_title": "0", "png_dpi": "600", "png_width_mm": "85"}


def test_a_dialogue_changes_its_own_settings_and_no_other() -> None:
    before = Settings(ties="breslow", figure_texts="Old=Older")
    after = with_choices(
        before, {**CHOSEN, "ties": "efron", "outcome": "surgery"}, {"CRP > 10 mg/L": "High CRP, at start"}
    )
    assert (after.figure_format, after.figure_title, after.png_dpi, after.png_width_mm) == ("tiff", False, 600, 85)
    assert pairs(after.figure_texts) == {"CRP > 10 mg/L": "High CRP, at start"}
    assert (after.ties, after.outcome) == ("breslow", before.outcome)


def test_what_is_impossible_leaves_the_setting_as_it_was() -> None:
    before = Settings(png_dpi=600, figure_format="svg")
    after = with_choices(before, {"png_dpi": "99999", "figure_format": "exe", "png_width_mm": "x"}, None)
    assert after == before
    assert with_choices(before, {}, {"a": "b" * 30_000}).figure_texts == ""
