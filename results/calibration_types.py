"""The contact types of a calibration in a line each: what came, how long it took, who gave up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calibration.composing.center import Center
from calibration.composing.of_demand import weekly_error
from calibration.estimate import Estimate
from calibration.service.hang_ups import HANG_UP_S, LONGEST_S, told_apart
from calibration.service.survival import Quantile, kaplan_meier
from results.calibration_data import Found, TypeRow


def type_rows(center: Center) -> Iterator[TypeRow]:
    """Each type, and where there are several all together."""
    yield from _each_type(center)
    if len(center.types.names) > 1:
        yield _all_types(center)


def _all_types(center: Center) -> TypeRow:
    """As the record has it: talk of ten seconds or more is conversation, patience by Kaplan-Meier."""
    contacts = center.contacts
    offered = contacts.of(contacts.offered)
    talk_s = contacts.talk_s[
        contacts.answered & np.isfinite(contacts.talk_s) & (contacts.talk_s <= LONGEST_S)
    ]
    talk = told_apart(talk_s)
    waited = (offered.waited_s > 0.0) | offered.abandoned
    survival = kaplan_meier(offered.waited_s[waited], offered.abandoned[waited])
    left_after_s = offered.waited_s[offered.abandoned]
    return TypeRow(
        label="all together",
        per_week=Found(float(center.demand.per_week.sum())),
        talk_mean_s=Found(float(talk_s.mean()), float(talk_s.std() / np.sqrt(len(talk_s)))),
        talk_cv=Found(talk.cv),
        short_share=_share(int((talk_s < HANG_UP_S).sum()), len(talk_s)),
        wrap_up_s=None,
        abandonment=_share(len(left_after_s), len(offered)),
        patience_median_s=_median(survival.quantile(0.5)),
        naive_mean_s=Found(float(left_after_s.mean())) if len(left_after_s) else None,
    )


def _share(n: int, of: int) -> Found:
    share = n / max(of, 1)
    return Found(share, float(np.sqrt(share * (1.0 - share) / max(of, 1))))


def _each_type(center: Center) -> Iterator[TypeRow]:
    contacts = center.contacts
    for queue, label in enumerate(center.types.labels):
        service, patience = center.service[queue], center.service[queue].patience
        own = contacts.queue == queue
        cv = service.talk.figures.get("cv")
        yield TypeRow(
            label=label,
            per_week=Found(float(center.demand.per_week[queue]), weekly_error(center, queue)),
            talk_mean_s=_found(service.talk.mean_s),
            talk_cv=None if cv is None else _found(cv),
            short_share=_found(service.talk.short_share),
            wrap_up_s=None if service.wrap_up is None else _found(service.wrap_up.mean_s),
            abandonment=_share(int((contacts.abandoned & own).sum()), int((contacts.offered & own).sum())),
            patience_median_s=None if patience is None else _median(patience.median),
            naive_mean_s=None if patience is None else _found(patience.mean_wait_of_those_who_left_s),
        )


def _found(estimate: Estimate) -> Found:
    return Found(estimate.value, estimate.standard_error)


def _median(median: Quantile) -> Found | None:
    """Kaplan-Meier's; its standard error is a fourth of the 95 % interval, where that has an end."""
    if not np.isfinite(median.value_s):
        return None
    width_s = median.high_s - median.low_s
    return Found(median.value_s, width_s / 4.0 if np.isfinite(width_s) else None)
