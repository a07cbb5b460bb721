"""A covariate whose missing values are taken as the most frequent one (a number: the median): what some analysts do."""

from dataclasses import replace

import numpy as np

from cdanalysis.outcomes.covariates import Covariate


def with_most_frequent(covariate: Covariate) -> Covariate:
    """The covariate complete; as it is where nothing is missing or nothing was measured."""
    missing = np.any(np.isnan(covariate.columns), axis=1)
    if not missing.any() or missing.all():
        return covariate
    if covariate.groups is None:
        typical = np.nanmedian(covariate.columns, axis=0)
        return replace(covariate, columns=np.where(missing[:, None], typical, covariate.columns), n_missing=0)
    known = covariate.groups[~missing].astype(str)
    names, first, n = np.unique(known, return_index=True, return_counts=True)
    most = int(np.argmax(n))
    columns = np.where(missing[:, None], covariate.columns[~missing][first[most]], covariate.columns)
    return replace(
        covariate, columns=columns, groups=np.where(missing, names[most], covariate.groups).astype(object), n_missing=0
    )
