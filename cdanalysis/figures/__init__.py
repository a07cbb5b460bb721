"""Results drawn as plotly figures: one module a figure family."""

from cdanalysis.figures.clocks import clocks_figure
from cdanalysis.figures.compared import marker_curves
from cdanalysis.figures.competing import competing_figure
from cdanalysis.figures.curves import curves
from cdanalysis.figures.cutoff_scan import MARK_AT, cutoff_scan_figure
from cdanalysis.figures.endoscopy import before_and_after, yearly_course
from cdanalysis.figures.flow import flow_diagram
from cdanalysis.figures.forest import forest
from cdanalysis.figures.induction import activity_boxes, cumulative_curves, shares_by_week
from cdanalysis.figures.landscape import pairs_figure, stability_figure, surface_figure
from cdanalysis.figures.missingness import missingness_map
from cdanalysis.figures.specification_curve import specification_curve
from cdanalysis.figures.subgroups import adjusted_figure, subgroup_forest

__all__ = ["activity_boxes", "before_and_after", "cumulative_curves", "curves", "cutoff_scan_figure", "flow_diagram", "forest",
           "marker_curves",
           "shares_by_week", "specification_curve", "yearly_course"]  # fmt: skip
