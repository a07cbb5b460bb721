"""The settings that one page is for."""

from dataclasses import dataclass

from cdanalysis.dictionary.indices.endoscopic import CDEIS, SES_CD
from cdanalysis.settings.as_text import codes, published, saved_model
from cdanalysis.settings.rows import NEVER, OWN, choice, listing, number, switch, text


@dataclass(frozen=True)
class OfPages:
    """Outcome and groups of the curves, comparisons, scans and searches."""

    # A code of `cohort.outcomes`, or several by commas: the first of them; one that the cohort has not gives way to its first.
    outcome: str = text(
        "relapse",
        "Outcome",
        "Which event is analysed: patients, events and curves change with it.",
        "endpoint",
        longest=400,
    )
    outcome_noun: str = text(
        "",
        "What it is called",
        "The word in every title, sentence and file; empty takes the file's.",
        "endpoint",
        longest=60,
    )
    survival_group: str = text(
        "", "Groups", "Draws one curve per group; a marker is cut at its cut-off."
    )  # a covariate code; "" is one curve
    at_months: str = text(
        "12,24,36,48,60",
        "Survival at (months)",
        "Months at which the table gives survival: up to 12, with commas between.",
    )
    survival_stratum: str = text(
        "", "Log-rank test stratified by", "Compares the groups within each stratum and adds up."
    )
    pair_correction: str = choice(
        "holm",
        "Corrected by",
        "Raises the P of each pair for the number of pairs compared.",
        {"holm": "Holm", "bh": "Benjamini-Hochberg", "none": "None"},
        footer=OWN,
    )
    competing_event: str = choice(
        "as-in-file",
        "Competing event",
        "What may come before the outcome and prevent it.",
        {
            "as-in-file": "What the file has",
            "surgery-or-death": "Surgery or death",
            "surgery": "Surgery",
            "death": "Death",
            "surgery-death-or-stop": "Surgery, death or end of therapy",
            "hospitalization": "Hospitalization",
            "hospitalization-surgery-or-death": "Hospitalization, surgery or death",
        },
        footer=OWN,
    )
    baseline_group: str = text(
        "", "Groups", "Adds one column per group and the tests; a marker is cut at its cut-off."
    )  # a covariate code or "relapse"
    missing_visits: str = choice(
        "non-response",
        "Missing visits count as",
        "Whether a missed visit is no response, the last value, or left out.",
        {"non-response": "No response", "last-observation": "Last visit carried forward", "observed": "Left out"},
        footer=OWN,
    )
    cdeis_remission_below: float = number(
        CDEIS.below,
        "Endoscopic remission: CDEIS below (points)",
        "7 in the study; 6 and 3 are used too.",
        (1.0, 20.0),
        1.0,
        "endpoint",
        footer=OWN,
    )
    ses_cd_remission_below: float = number(
        SES_CD.below,
        "Endoscopic remission: SES-CD below (points)",
        "3, that is 0 to 2, by the IOIBD.",
        (1.0, 20.0),
        1.0,
        "endpoint",
        footer=OWN,
    )
    rutgeerts_remission: str = choice(
        "i1",
        "Endoscopic remission: Rutgeerts",
        "Whether lesions at the anastomosis alone (i2a) are remission too.",
        {"i1": "i0 or i1", "i2a": "i0 to i2a"},
        "endpoint",
        footer=OWN,
    )
    reproduction_convention: str = choice(
        "as-printed",
        "Computed by",
        "Percentiles, median intervals and tied times.",
        {"as-printed": "As the paper printed it", "r": "R's defaults", "spss": "SPSS 24"},
        footer=OWN,
    )
    compare_with_study: bool = switch(
        False,
        "Compare with the bundled study all the same",
        "Its printed results are those of its own patients.",
        "display",
        footer=NEVER,
    )
    scan_marker: str = text("", "Marker", "Whose cut-offs are scanned.")  # a marker's code; "" is the first handle
    scan_least_percent: float = number(
        10.0,
        "Least on each side (%)",
        "Cut-offs with a smaller share of patients on a side are skipped.",
        (1.0, 45.0),
        1.0,
        footer=OWN,
    )
    scan_least_events: int = number(
        0, "Events on each side", "Cut-offs with fewer events on a side are skipped.", (0, 50), 1, footer=OWN
    )
    # Covariate codes; "model": those of the multivariable model.
    scan_adjust: str = listing(
        "", "Adjusted for", "Covariates in every model beside the marker.", codes.canonical, most=20
    )
    # A further column of the file; "" is one whose header says so (outcomes/centres.py).
    centre: str = text(
        "", "Centre", "Which column says where a patient was treated; empty takes one named so.", longest=200
    )
    published_ratios: str = listing(
        "",
        "Ratios of other papers",
        "Each paper's hazard ratio and limits, put together with the cohort's own.",
        published.canonical,
        footer=NEVER,
    )
    # Covariate codes; "" are those of the Predictors page's multivariable model.
    prognostic_candidates: str = listing(
        "", "Covariates", "What the model predicts from; empty is what the screening let in.", codes.canonical, most=30
    )
    prognostic_form: str = choice(
        "spline-3",
        "Numbers as",
        "A spline bends where the data say so; a cut-off throws information away.",
        {
            "spline-3": "Splines of 3 knots",
            "spline-4": "Splines of 4 knots",
            "line": "Straight lines",
            "cut": "Cut, where they are elsewhere",
        },
        footer=OWN,
    )
    # A model as JSON (settings/as_text/saved_model.py).
    given_model: str = listing(
        "",
        "Model from elsewhere",
        "A saved model, applied to these patients as it is.",
        saved_model.canonical,
        footer=NEVER,
        most=20_000,
    )
    pooling: str = choice(
        "reml",
        "Variance between centres or studies",
        "How ratios of several centres or papers are put together.",
        {"reml": "REML", "dl": "DerSimonian-Laird"},
        footer=OWN,
    )
    multiverse_axes: str = text(
        "relapse,response,cutoff_1,cutoff_2,model", "Choices to vary", "Each multiplies the number of specifications."
    )
    multiverse_cutoffs: str = choice(
        "published",
        "Cut-offs",
        "Which cut-offs of the markers are tried.",
        {"published": "Published and in use", "deciles": "Deciles too"},
        footer=OWN,
    )
