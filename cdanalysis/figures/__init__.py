"""Results drawn as plotly figures: one module a figure family."""

from cdanalysis.drawing.compared import marker_curves
from cdanalysis.drawing.forest import forest
from cdanalysis.sections.cutoffs.figures import MARK_AT, cutoff_scan_figure
from cdanalysis.sections.cutoffs.landscape.figures import pairs_figure, stability_figure, surface_figure
from cdanalysis.sections.endoscopy.figures import before_and_after, yearly_course
from cdanalysis.sections.flow.figures import flow_diagram
from cdanalysis.sections.multiverse.figures import specification_curve
from cdanalysis.sections.predictors.missing_values.figures import missingness_map
from cdanalysis.sections.predictors.subgroups.figures import adjusted_figure, subgroup_forest
from cdanalysis.sections.response.figures import activity_boxes, cumulative_curves, shares_by_week
from cdanalysis.sections.survival.clocks.figures import clocks_figure
from cdanalysis.sections.survival.competing.figures import competing_figure
from cdanalysis.sections.survival.figures import curves

__all__ = ["activity_boxes", "before_and_after", "cumulative_curves", "curves", "cutoff_scan_figure", "flow_diagram", "forest",
           "marker_curves",
           "shares_by_week", "specification_curve", "yearly_course"]  # fmt: skip
