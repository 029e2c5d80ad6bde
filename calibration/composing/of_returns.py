"""Statements of returns: who comes again after giving up, after being cut off, and after a service that did not help.

A record shows returns, not failures. Services whose customers come again beyond the usual are stated as unresolved: a
lower bound, as nobody sees those who were not helped and did not come again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calibration.composing.center import Center
from calibration.composing.statements import Statement, rounded
from calibration.estimate import Estimate
from calibration.returning import Returns, ReturnsFit

SEEN, LEAST = 2.0, 0.005
"""A share below so many of its standard errors, or below this, is not stated."""
H = 3600.0


def return_statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    """Redial, resolution rate and reconnect of each type, as far as customers can be followed.

    None of the center's own calls: whoever it fails to reach does not ring again because of it.
    """
    for queue, name in enumerate(center.types.names):
        if center.types.labels[queue] in center.returns.left_out:
            continue
        redial = _first_told(center.returns.redial[queue], center.returns.redial_of_all)
        if redial is not None:
            yield f"contact_type.{name}.redial", _redial(redial, record)
        yield from _unresolved(center.returns, f"contact_type.{name}", record)


def told(found: Returns | None) -> bool:
    """Whether the share can be told from none, and the delay told at all."""
    if found is None or found.share.standard_error is None or found.delay.mean_error_s is None:
        return False
    return found.share.value > max(SEEN * found.share.standard_error, LEAST)


def _first_told(*found: Returns | None) -> Returns | None:
    return next((one for one in found if told(one)), None)


def later_returns(returns: ReturnsFit) -> float:
    """Of offered contacts, the share that comes again within a week of an ordinary service; lower bound."""
    found = returns.reconnect
    if found is None or not told(found):
        return 0.0
    ordinary = 1.0 - (returns.cut_off_share.value if told(returns.cut_off) else 0.0)
    return min(found.share.value, 1.0) * ordinary


def _redial(found: Returns, record: str) -> Statement:
    delay = _delay(found, 1.0)
    value = {"share": rounded(min(found.share.value, 1.0), 3), "delay_s": delay}
    says = (
        f"{record}: known customers back within four hours of giving up, beyond those back after a service: "
        f"{found.seen_share.value:.3f} seen, a lower bound, divided by the {found.known_share:.2f} of contacts then "
        "that had a known customer"
    )
    return Statement(value, says, "A", {"share": found.share, "delay_mean_s": _mean_delay(found)})


def _unresolved(returns: ReturnsFit, key: str, record: str) -> Iterator[tuple[str, Statement]]:
    """Cut off: services under ten seconds. Later: ordinary services after which customers come again within a week.

    unresolved u = c + (1 − c) s_o, where s_o of the ordinary come again; reconnect share = (c s_c + (1 − c) s_o) / u.
    """
    cut = returns.cut_off if told(returns.cut_off) else None
    c = returns.cut_off_share.value if cut is not None else 0.0
    later = returns.reconnect if told(returns.reconnect) else None
    parts = [(c, cut, c * min(cut.share.value, 1.0))] if cut is not None else []
    if later is not None:
        again = (1.0 - c) * min(later.share.value, 1.0)
        parts.append((again, later, again))
    unresolved = sum(part[0] for part in parts)
    if not parts or unresolved <= 0.0:
        return
    says = f"{record}: {_causes(c, cut, later)}; other failures do not show in it"
    rate = Estimate(1.0 - unresolved, _rate_error(returns, later, c), returns.cut_off_share.n)
    yield f"{key}.resolution_rate", Statement(round(rate.value, 4), says, "A", {"resolution_rate": rate})
    back = sum(part[2] for part in parts)
    laws = [(part[2] / back, _delay(found, H)) for part in parts if (found := part[1]) is not None]
    share = Estimate(back / unresolved, _share_error(cut, c, unresolved), cut.share.n if cut else 0)
    value = {"share": rounded(share.value, 3), "delay_h": _mixed(laws)}
    estimates = {"share": share} if cut is not None else {}
    says = f"{record}: {_causes(c, cut, later)}; shares of known customers, lower bounds divided by the share known"
    yield f"{key}.reconnect", Statement(value, says, "A", estimates)


def _causes(c: float, cut: Returns | None, later: Returns | None) -> str:
    said = []
    if cut is not None:
        said.append(
            f"{100 * c:.1f} % of services end under ten seconds, {cut.share.value:.2f} of them are back soon"
        )
    if later is not None:
        said.append(
            f"{later.share.value:.3f} of other services are followed by another contact within a week"
        )
    return "; ".join(said)


def _rate_error(returns: ReturnsFit, later: Returns | None, c: float) -> float:
    of_cut = (returns.cut_off_share.standard_error or 0.0) if c else 0.0
    of_later = 0.0 if later is None else (1.0 - c) * (later.share.standard_error or 0.0)
    return float((of_cut**2 + of_later**2) ** 0.5)


def _share_error(cut: Returns | None, c: float, unresolved: float) -> float | None:
    if cut is None or cut.share.standard_error is None:
        return None
    return c / unresolved * cut.share.standard_error


def _delay(found: Returns, unit_s: float) -> dict[str, Any]:
    mean = rounded(found.delay.mean_s / unit_s)
    if found.delay.law == "exponential":
        return {"law": "exponential", "mean": mean}
    return {"law": "lognormal", "mean": mean, "cv": rounded(found.delay.cv, 3)}


def _mean_delay(found: Returns) -> Estimate:
    return Estimate(found.delay.mean_s, found.delay.mean_error_s, found.share.n)


def _mixed(laws: list[tuple[float, dict[str, Any]]]) -> dict[str, Any]:
    if len(laws) == 1:
        return laws[0][1]
    first = round(laws[0][0], 4)
    shares = (first, round(1.0 - first, 4))
    of = [{"share": share, "law": law} for share, (_, law) in zip(shares, laws, strict=True)]
    return {"law": "mixture", "of": of}
