"""A service target in words."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.contact_types import ServiceTarget

_OVER = {
    "interval": "in every interval",
    "day": "over each day",
    "week": "over each week",
    "horizon": "over the whole time",
}


def target_text(target: ServiceTarget, probability: float | None = None) -> str:
    """What customers are promised: "80 % answered within 20 s, at most 5 % give up, in every interval".

    probability: the share of days on which a plan has to hold it
    """
    days = "" if probability is None else f", on {100 * probability:g} % of days"
    return f"{', '.join(_promises(target))}, {_OVER[target.over]}{days}"


def _promises(target: ServiceTarget) -> Iterator[str]:
    if target.share is not None:
        within = "" if target.awt_s is None else f" within {target.awt_s:g} s"
        yield f"{100 * target.share:g} % answered{within}"
    if target.max_abandonment_rate is not None:
        yield f"at most {100 * target.max_abandonment_rate:g} % give up"
    if target.max_mean_wait_s is not None:
        yield f"mean wait at most {target.max_mean_wait_s:g} s"
    if target.min_answer_rate is not None:
        yield f"at least {100 * target.min_answer_rate:g} % answered"
    if target.max_delay_rate is not None:
        yield f"at most {100 * target.max_delay_rate:g} % have to wait"
    if target.never_below is not None:
        yield f"no interval below {100 * target.never_below:g} %"
