"""Theory: fewest people of a pooled load, against the formulas' requirement and against every distribution."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from optimizer.design.pooled import PooledLoad, service_table
from sim.theory.targets import Target
from sim.theory.triangle import queue_of, required_agents_for_load

HANDLE_S, PATIENCE_S, AWT_S = 300.0, 120.0, 20.0


def load_of(*erlangs: float, by_interval: bool, fixed: float = 0.0, share: float = 0.8) -> PooledLoad:
    load = np.array(erlangs)
    return PooledLoad(
        load_erl=load,
        offered=load * 12.0,  # an hour of calls of five minutes
        share=np.full(len(load), share),
        fixed=np.full(len(load), fixed),
        mean_handle_s=HANDLE_S,
        patience_s=PATIENCE_S,
        awt_s=AWT_S,
        by_interval=by_interval,
    )


@pytest.mark.parametrize("erlangs", [0.5, 3.0, 11.0, 40.0, 150.0])
def test_an_interval_needs_what_the_formula_says(erlangs: float) -> None:
    needed = required_agents_for_load(erlangs, HANDLE_S, PATIENCE_S, Target(share=0.8, awt_s=AWT_S))
    found = load_of(erlangs, by_interval=True).people_intervals()
    assert needed - 1 <= found <= needed  # the load is rounded down, so that tables are shared


def test_a_table_is_the_formula_and_never_below_it() -> None:
    table = service_table(8.0, HANDLE_S, PATIENCE_S, AWT_S)
    exact = [queue_of(n, 8.0 / HANDLE_S, HANDLE_S, PATIENCE_S).service_level(AWT_S) for n in range(1, 21)]
    assert table[1:21] == pytest.approx(exact)
    assert table[0] == 0.0
    assert (np.diff(table) >= 0.0).all()
    high = service_table(100.0, HANDLE_S, PATIENCE_S, AWT_S)
    few = queue_of(10, 100.0 / HANDLE_S, HANDLE_S, PATIENCE_S).service_level(AWT_S)
    assert high[10] >= few


@pytest.mark.parametrize("erlangs", [(2.0, 4.0), (1.0, 3.0, 5.0), (6.0, 6.0, 1.0)])
def test_over_a_day_no_distribution_of_people_has_fewer(erlangs: tuple[float, ...]) -> None:
    """Every distribution of up to twelve people per interval is tried; the bound is within one person of the best."""
    load = load_of(*erlangs, by_interval=False)
    tables = [service_table(e, HANDLE_S, PATIENCE_S, AWT_S) for e in erlangs]
    best = min(
        sum(people)
        for people in product(range(13), repeat=len(erlangs))
        if sum(o * t[min(n, len(t) - 1)] for o, t, n in zip(load.offered, tables, people, strict=True))
        >= 0.8 * load.offered.sum()
    )
    bound = load.people_intervals()
    assert best - 1.0 - 1e-9 <= bound <= best + 1e-9
    by_interval = load_of(*erlangs, by_interval=True).people_intervals()
    assert bound <= by_interval + 1e-9


@pytest.mark.parametrize("erlangs", [2.0, 9.0])
def test_one_interval_costs_what_the_best_mixture_of_head_counts_costs(erlangs: float) -> None:
    """The dual of one interval is the lower convex hull of people over service, found here by trying all pairs."""
    table = service_table(erlangs, HANDLE_S, PATIENCE_S, AWT_S)
    hull = min(
        n + (m - n) * (0.8 - table[n]) / (table[m] - table[n])
        for n in range(len(table))
        for m in range(n + 1, len(table))
        if table[n] < 0.8 <= table[m]
    )
    assert load_of(erlangs, by_interval=False).people_intervals() == pytest.approx(hull, rel=1e-6)


def test_people_who_are_there_anyway_are_not_added() -> None:
    alone = load_of(3.0, 5.0, by_interval=True).people_intervals()
    beside = load_of(3.0, 5.0, by_interval=True, fixed=2.0).people_intervals()
    assert beside == alone - 4.0
    assert load_of(3.0, 5.0, by_interval=True, fixed=50.0).people_intervals() == 0.0
    assert load_of(3.0, 5.0, by_interval=False, fixed=50.0).people_intervals() == pytest.approx(0.0, abs=1e-9)


def test_without_work_nobody_is_needed() -> None:
    assert load_of(0.0, 0.0, by_interval=True).people_intervals() == 0.0
    assert load_of(0.0, 0.0, by_interval=False).people_intervals() == 0.0
