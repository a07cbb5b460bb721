"""The parts of the Survival page beyond its first view."""

from __future__ import annotations

from cdanalysis.sections.survival.between_visits import section as between_visits
from cdanalysis.sections.survival.clocks import section as clocks
from cdanalysis.sections.survival.competing import section as competing
from cdanalysis.ui.report_page import conventions
from cdanalysis.ui.widgets.look_closer import Part

PARTS = (
    Part(
        "Competing risks",
        "How many relapse when an operation, death or the end of therapy may come first.",
        competing.view,
        once=True,
    ),
    Part("Time zero", "The same patients counted from week 24, from the start of therapy, and naively.", clocks.view),
    Part(
        "Relapse between visits",
        "A relapse is seen at a visit but began before it: what other dates for it would change.",
        between_visits.view,
        once=True,
    ),
    Part("R beside SPSS", "Medians, quartiles and intervals as each program prints them.", conventions.view),
)
