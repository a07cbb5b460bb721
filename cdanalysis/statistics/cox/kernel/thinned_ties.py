"""Tied events under case weights: what each one weighs, and how Efron shares a tie of which some have no weight.

A patient of weight 0 is not there: of three tied events one of which has no weight Efron's shares are 0 and 1/2, as in R on
the patients who are left. With weights above 0 they stay 0, 1/3 and 2/3, each event weighing the mean of its tie, as R's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.cox.kernel.risk_sets import MatrixRiskSets, SortedRiskSets

RiskSets = MatrixRiskSets | SortedRiskSets


@dataclass(frozen=True, eq=False)
class ThinnedTies:
    """weight (K, E): of each event in each model; shift (K, E): by how much its share of its tie is less, None for nowhere."""

    sets: RiskSets
    weight: np.ndarray
    shift: np.ndarray | None

    def __getitem__(self, chosen: np.ndarray) -> ThinnedTies:
        """Of the chosen models."""
        return ThinnedTies(self.sets, self.weight[chosen], None if self.shift is None else self.shift[chosen])

    def at_risk(self, w: np.ndarray) -> np.ndarray:
        """Sums over the risk sets (K, p, E) of w (K, p, n arranged), none of them 0 where nobody of weight has the event."""
        sums = self.sets.at_risk(w)
        return sums if self.shift is None else sums + self.shift[:, None] * self.sets.tied_sum(w)

    def spread(self, u: np.ndarray) -> np.ndarray:
        """What each patient is part of: (K, E) -> (K, n arranged)."""
        v = self.sets.spread(u)
        return v if self.shift is None else v + self.sets.tied_spread(self.shift * u)


def thinned_ties(sets: RiskSets, weights: np.ndarray) -> ThinnedTies:
    """weights (K, n arranged)."""
    present = (weights > 0).astype(float)
    own, n = present[:, sets.dead], sets.tied_sum(present)
    weight = np.where(own > 0, sets.tied_sum(weights) / np.maximum(n, 1), 0.0)
    if not sets.share.any() or own.all():
        return ThinnedTies(sets, weight, None)
    return ThinnedTies(sets, weight, np.where(own > 0, sets.share - sets.tied_before(own) / np.maximum(n, 1), 0.0))
