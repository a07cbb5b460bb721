"""A marker cut, straight and as a spline, line by line."""

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.continuous.analysis import MarkerForm
from cdanalysis.sections.predictors.continuous.words import form_name
from cdanalysis.statistics.checks.functional_form import Form
from cdanalysis.writing.numbers import confidence, hazard_ratio, not_estimable, p_value


def forms_table(found: MarkerForm) -> pd.DataFrame:
    """A line a form: its hazard ratio where it has one, its P, AIC and explained variation."""
    lines = [(form_name(found, name), *_form(form)) for name, form in found.form.forms.items()]
    level = confidence(found.conf_level)
    # Royston and Sauerbrei's, and R's, measure is defined with Efron's ties; with others it is named for them.
    breslow = any(
        not isinstance(form, NotEstimable) and form.model.ties == "breslow" for form in found.form.forms.values()
    )
    explained = f"Explained variation (R²D{', Breslow ties' if breslow else ''})"
    columns = [f"{found.marker.label} as", f"HR ({level})", "P (likelihood ratio)", "df", "AIC", explained]
    return pd.DataFrame(lines, columns=columns)


def _form(form: Form | NotEstimable) -> tuple[str, ...]:
    if isinstance(form, NotEstimable):
        return not_estimable(form), "–", "–", "–", "–"
    terms, test = form.model.terms, form.model.likelihood_ratio
    shown = hazard_ratio(terms[0].hazard_ratio) if len(terms) == 1 else "see the curve"
    explained = "–" if form.r2_d != form.r2_d else f"{100 * form.r2_d:.1f}%"
    return shown, p_value(test.p_value), str(test.df), f"{form.aic:.1f}", explained
