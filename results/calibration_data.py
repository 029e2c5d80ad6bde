"""What the page of a calibration shows, as plain columns: pictures read nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DayProfile:
    """Contacts of all types by interval, on the usual days of a class: mean, and the middle 80 % of the days."""

    label: str
    n_days: int
    starts_h: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Candidate:
    """A law that was tried; `chosen` is the one that the scenario states."""

    law: str
    log_likelihood: float
    bic: float
    chosen: bool


@dataclass(frozen=True)
class LawFit:
    """Times against the law that was fitted.

    edges_s, density: the record's histogram, per second; at_s, fitted: the law's density
    observed_s, expected_s: quantiles at the same probabilities, of the record and of the law
    """

    label: str
    n: int
    edges_s: FloatArray
    density: FloatArray
    at_s: FloatArray
    fitted: FloatArray
    observed_s: FloatArray
    expected_s: FloatArray
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class PatienceCurves:
    """Share still waiting by Kaplan-Meier with its 95 % limits, the fitted law, and the naive mean's exponential.

    hazard_per_min: of the record by bins of waiting (edges_s), with 95 % limits; fitted_hazard_per_min at mid-bin
    """

    label: str
    n: int
    n_left: int
    at_s: FloatArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    fitted: FloatArray
    naive_mean_s: float
    median_s: float
    edges_s: FloatArray
    hazard_per_min: FloatArray
    hazard_low: FloatArray
    hazard_high: FloatArray
    fitted_hazard_per_min: FloatArray


@dataclass(frozen=True)
class Spread:
    """Days: total ÷ the mean of their class; half hours: variance and mean over the usual days of a class."""

    dates: npt.NDArray[np.datetime64]
    factors: FloatArray
    apart: BoolArray
    day_cv: float
    interval_mean: FloatArray
    interval_variance: FloatArray
    variance_to_mean: float


@dataclass(frozen=True)
class Presence:
    """People at work by interval of the usual days of a class, as the records have them and as the scenario states."""

    label: str
    starts_h: FloatArray
    found: FloatArray
    stated: FloatArray


@dataclass(frozen=True)
class FigureRow:
    """A fitted figure with its standard error (None: not known) and the observations behind it."""

    key: str
    name: str
    value: float | str
    standard_error: float | None
    n: int | None
    says: str

    @property
    def value_text(self) -> str:
        """Four significant digits, without an exponent."""
        if isinstance(self.value, str):
            return self.value
        return f"{self.value:,.0f}" if abs(self.value) >= 10_000 else f"{self.value:.4g}"


@dataclass(frozen=True)
class Found:
    """A figure and its standard error; None where it is not known."""

    value: float
    standard_error: float | None = None


@dataclass(frozen=True)
class TypeRow:
    """A contact type in a line: what came, how long it took, who gave up."""

    label: str
    per_week: Found
    talk_mean_s: Found
    talk_cv: Found | None
    short_share: Found
    wrap_up_s: Found | None
    abandonment: Found
    patience_median_s: Found | None
    naive_mean_s: Found | None


@dataclass(frozen=True)
class CalibrationData:
    """The whole page."""

    name: str
    title: str
    summary: str
    facts: tuple[str, ...]
    types: tuple[TypeRow, ...] = ()
    profiles: tuple[DayProfile, ...] = ()
    talk: tuple[LawFit, ...] = ()
    patience: tuple[PatienceCurves, ...] = ()
    spread: Spread | None = None
    presence: tuple[Presence, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    """Keys of the scenario that no record tells, and why they stand as they do."""
    days_apart: tuple[tuple[str, str], ...] = ()
    """Days that no figure rests on, and why."""
    left_out: tuple[tuple[str, int], ...] = ()
    """Reasons, and rows of the files left out for them."""
    notes: tuple[str, ...] = field(default=())
