"""A calibration's page data, made up for tests of pictures and pages."""

from __future__ import annotations

import numpy as np

from results.calibration_data import (
    CalibrationData,
    Candidate,
    DayProfile,
    FigureRow,
    LawFit,
    PatienceCurves,
    Presence,
    Spread,
)


def page_data() -> CalibrationData:
    """Two classes of days, one type."""
    rng = np.random.default_rng(1)
    starts_h = np.arange(48) / 2
    mean = 30 * np.exp(-(((starts_h - 12) / 4) ** 2)) * ((starts_h >= 8) & (starts_h < 18))
    profiles = tuple(
        DayProfile(name, n, starts_h, mean * f, 0.8 * mean * f, 1.2 * mean * f)
        for name, n, f in (("mon-fri", 60, 1.0), ("sat", 12, 0.5))
    )
    sample = np.exp(rng.normal(5.0, 0.8, 5000))
    edges = np.geomspace(5, 5000, 30)
    at = np.geomspace(5, 5000, 100)
    fitted = np.exp(-((np.log(at) - 5.0) ** 2) / (2 * 0.64)) / (at * 0.8 * np.sqrt(2 * np.pi))
    probabilities = np.linspace(0.01, 0.99, 50)
    talk = LawFit(
        label="Calls",
        n=5000,
        edges_s=edges,
        density=np.histogram(sample, edges)[0] / 5000 / np.diff(edges),
        at_s=at,
        fitted=fitted,
        observed_s=np.quantile(sample, probabilities),
        expected_s=np.quantile(np.exp(rng.normal(5.0, 0.8, 50000)), probabilities),
        candidates=(
            Candidate("lognormal", -31_000.0, 62_010.0, True),
            Candidate("gamma", -31_200.0, 62_410.0, False),
        ),
    )
    t = np.arange(0.0, 600.0, 10.0)
    share = np.exp(-t / 300)
    bins = np.arange(0.0, 601.0, 60.0)
    hazard = np.full(10, 0.2)
    patience = PatienceCurves(
        label="Calls",
        n=4000,
        n_left=800,
        at_s=t,
        share=share,
        low=share * 0.95,
        high=np.minimum(share * 1.05, 1.0),
        fitted=share,
        naive_mean_s=60.0,
        median_s=208.0,
        edges_s=bins,
        hazard_per_min=hazard,
        hazard_low=hazard * 0.8,
        hazard_high=hazard * 1.2,
        fitted_hazard_per_min=hazard,
    )
    dates = np.datetime64("2026-01-05") + np.arange(84)
    factors = rng.gamma(40, 1 / 40, 84)
    apart = np.zeros(84, dtype=bool)
    apart[[20, 50]] = True
    spread = Spread(dates, np.where(apart, 0.2, factors), apart, 0.15, mean[16:36], 2.2 * mean[16:36], 2.2)
    return CalibrationData(
        name="small",
        title="small, from its records",
        summary="Two classes of days, one type.",
        facts=("84 days from 2026-01-05", "20,000 contacts"),
        profiles=profiles,
        talk=(talk,),
        patience=(patience,),
        spread=spread,
        presence=tuple(Presence(p.label, starts_h, p.mean / 6, np.rint(p.mean / 6)) for p in profiles),
        figures=(
            FigureRow("contact_type.call.talk_s", "mean", 204.0, 1.2, 5000, "talk of the record"),
            FigureRow("contact_type.call.talk_s", "cv", 0.95, 0.01, 5000, "talk of the record"),
        ),
        assumed=(("agent_group.team.cost_per_h", "no record tells it"),),
        days_apart=(("2026-01-25", "a hole"),),
        left_out=(("phantom", 12),),
    )
