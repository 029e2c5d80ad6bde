"""Statements of returns: who comes again after giving up, after being cut off, and after a service that did not help.

A record shows returns, not failures. Services whose customers come again beyond the usual are stated as unresolved: a
lower bound, as nobody sees those who were not helped and did not come again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calibration.composing.center import Center
from calibration.composing.returns_told import share_of
from calibration.composing.statements import Statement, rounded
from calibration.estimate import Estimate
from calibration.returning import Returns, ReturnsFit

H = 3600.0


def return_statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    """Redial, resolution rate and reconnect of each type, as far as customers can be followed.

    None of the center's own calls: whoever it fails to reach does not ring again because of it.
    """
    for queue, name in enumerate(center.types.names):
        if center.types.labels[queue] in center.returns.left_out:
            continue
        redial, of_all = center.returns.redial[queue], center.returns.redial_of_all
        if redial is not None:
            among = (
                "; all types together, for want of known customers of this one" if redial is of_all else ""
            )
            several = len(center.types.names) > 1
            yield f"contact_type.{name}.redial", _redial(redial, record, among if several else "")
        short = center.service[queue].talk.short_share
        yield from _unresolved(center.returns, short, f"contact_type.{name}", record)


def _redial(found: Returns, record: str, among: str) -> Statement:
    delay = _delay(found, 1.0)
    value = {"share": rounded(share_of(found), 3), "delay_s": delay}
    says = (
        f"{record}: known customers back within four hours of giving up, beyond those back after a service: "
        f"{found.seen_share.value:.3f} seen, a lower bound, divided by the {found.known_share:.2f} of contacts then "
        f"that had a known customer{among}"
    )
    return Statement(value, says, "A", {"share": found.share, "delay_mean_s": _mean_delay(found)})


def _unresolved(
    returns: ReturnsFit, short: Estimate, key: str, record: str
) -> Iterator[tuple[str, Statement]]:
    """Cut off: services under ten seconds, the share `short` of the type's; later: ordinary ones, within a week.

    unresolved u = c + (1 − c) s_o, where s_o of the ordinary come again; reconnect share = (c s_c + (1 − c) s_o) / u.
    """
    cut, later = returns.cut_off if short.value > 0.0 else None, returns.reconnect
    c = short.value if cut is not None else 0.0
    parts = [(c, cut, c * share_of(cut))] if cut is not None else []
    if later is not None:
        again = (1.0 - c) * share_of(later)
        parts.append((again, later, again))
    unresolved = sum(part[0] for part in parts)
    if not parts or unresolved <= 0.0:
        return
    says = f"{record}: {_causes(c, cut, later)}; other failures do not show in it"
    rate = Estimate(1.0 - unresolved, _rate_error(short, later, c), short.n)
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


def _rate_error(short: Estimate, later: Returns | None, c: float) -> float:
    of_cut = (short.standard_error or 0.0) if c else 0.0
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
