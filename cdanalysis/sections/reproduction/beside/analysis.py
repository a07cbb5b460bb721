"""The hazard ratios of other papers put together, with the cohort's own and without it."""

from dataclasses import dataclass
from math import nan, sqrt
from typing import Literal

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes.markers import scan_code, with_handle
from cdanalysis.results import NO_MARKER, Estimate, NotEstimable, estimated, z_value
from cdanalysis.sections.models.ratio_of import RatioOf
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.published import PrintedRatio, from_text
from cdanalysis.statistics.describe.printed import INCONSISTENT, check_ratio
from cdanalysis.statistics.pooling.meta_analysis import Pooled, log_ratio_of, put_together, wald_p
from cdanalysis.statistics.ratios import wald_ratio

Which = Literal["alone", "adjusted"]
NONE_GIVEN = NotEstimable("no ratio of another paper was given")


@dataclass(frozen=True, eq=False)
class Beside:
    """ours: the marker above against below its cut-off, alone or in the multivariable model, at the confidence level of the page.

    published: as printed, taken as 95 % intervals; published_p: Wald's, from these. papers: these put together; together: with
    ours. apart: ours divided by the papers', allowing for its own error, theirs and the variance between studies. odd: papers
    whose ratio is not the middle of its interval. conf_level: of what is put together.
    """

    marker: Marker
    label: str
    noun: str
    which: Which
    ours: RatioOf
    published: tuple[PrintedRatio, ...]
    published_p: tuple[float, ...]
    papers: Pooled | NotEstimable
    together: Pooled | NotEstimable
    apart: RatioOf
    odd: tuple[str, ...]
    conf_level: float


def published_beside(cohort: Cohort, settings: Settings, which: Which) -> Beside | NotEstimable:
    """The scanned marker's hazard ratio of the outcome in use beside the papers' (`settings.published_ratios`).

    which: its ratio alone, or adjusted in the multivariable model.
    """
    published = from_text(settings.published_ratios)
    if not published:
        return NONE_GIVEN
    code = scan_code(cohort, settings)
    if not code:
        return NO_MARKER
    found = predictors(cohort, with_handle(cohort, settings, code))
    if isinstance(found, NotEstimable):
        return found
    row = next((one for one in found.rows if one.code == code), None)
    if row is None:
        return NotEstimable(f"{cohort.marker(code).label} is no candidate of the model in use")
    ratio = row.univariable if which == "alone" else row.multivariable
    if ratio is None:
        return NotEstimable(f"the screening left {row.label} out of the multivariable model")
    ours = RatioOf(ratio, row.univariable_p if which == "alone" else row.multivariable_p)
    printed = [log_ratio_of(Estimate(*one.numbers)) for one in published]  # `checked` lets no other through
    own = [log_ratio_of(ratio, settings.conf_level)] if isinstance(ratio, Estimate) else []
    way = {"between": settings.pooling, "conf_level": settings.conf_level}
    papers = put_together(printed, **way)
    odd = (one.label for one in published if check_ratio(one.ratio, one.lower, one.upper).verdict == INCONSISTENT)
    return Beside(
        marker=cohort.marker(code),
        label=row.label,
        noun=found.endpoint.noun,
        which=which,
        ours=ours,
        published=published,
        published_p=tuple(wald_p(*one) for one in estimated(printed)),
        papers=papers,
        together=put_together([*own, *printed], **way) if own else NotEstimable("the cohort has no ratio of its own"),
        apart=_apart(own, papers, settings),
        odd=tuple(odd),
        conf_level=settings.conf_level,
    )


def _apart(own: list[tuple[float, float] | NotEstimable], papers: Pooled | NotEstimable, settings: Settings) -> RatioOf:
    """Ours as one more study of the papers' kind: how far it lies from their mean."""
    ours = own[0] if own else NotEstimable("the cohort has no ratio of its own")
    if isinstance(ours, NotEstimable) or isinstance(papers, NotEstimable):
        return RatioOf(
            ours if isinstance(ours, NotEstimable) else NotEstimable("the papers cannot be put together"), nan
        )
    mean = log_ratio_of(papers.by_normal, settings.conf_level)
    if isinstance(mean, NotEstimable):
        return RatioOf(mean, nan)
    gap, error = ours[0] - mean[0], sqrt(ours[1] ** 2 + mean[1] ** 2 + papers.tau_squared)
    return RatioOf(wald_ratio(gap, error, z_value(settings.conf_level)), wald_p(gap, error))
