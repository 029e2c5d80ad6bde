"""How demand followed the waits, in words."""

from __future__ import annotations

from sim.measures.result import Result


def induced_text(result: Result) -> str:
    """Factor and mean wait of each type whose demand is induced; "" where none is."""
    induced, scenario = result.induced, result.scenario
    if induced is None:
        return ""
    parts = [
        f"{scenario.label_of('contact_type', name)} × {factor:.3f} (mean wait {induced.waits_s[name]:.1f} s)"
        for name, factor in induced.factors.items()
    ]
    rounds = f"{induced.rounds} round{'s' if induced.rounds > 1 else ''}"
    how = (
        f"settled to 1 % in {rounds}"
        if induced.settled
        else f"not settled to 1 % in {rounds}: treat with care"
    )
    return f"{scenario.label}: demand goes with the wait it causes: {', '.join(parts)}; {how}."
