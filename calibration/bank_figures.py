"""Every figure of the scenario bank-1999, measured from the bank's record: no assumption is made here."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import TYPES, Calls, read_calls
from calibration.bank_demand import (
    DayFactors,
    day_factors,
    lag_shares,
    mean_profile,
    per_week,
    returning,
    variance_to_mean,
)
from calibration.bank_patience import Patience, bank_patience
from calibration.bank_presence import people_by_calls, read_present
from calibration.bank_returns import CALL_BACK, Followed, Returns, followed
from calibration.days import CLASSES, counts, usual_days
from calibration.returning import without_returns
from calibration.service.hang_ups import Talk, told_apart
from calibration.service.survival import Survival, kaplan_meier

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Profiles = dict[str, FloatArray]

LONGEST_MENU_S = 600.0
ENOUGH_SERVICES, SOME_SHARE = 500, 0.01
KNOWN_TYPES = ("PS", "NE")
"""Types with enough known callers for a redial share of their own; the others take that of all."""


@dataclass(frozen=True)
class Lognormal:
    """Mean and coefficient of variation."""

    mean: float
    cv: float


@dataclass(frozen=True)
class Regulars:
    """People who served at least 500 calls, and how many of them gave at least 1 % of their services to a type."""

    n: int
    serving: dict[str, int]


@dataclass(frozen=True)
class BankFigures:
    """What the record of January to May 1999 says; profiles by class of weekday, columns by type."""

    usual: dict[str, IntArray]
    offered: Profiles
    """Mean calls that joined the agents' queue, by half hour: shape (48, types)."""
    fresh: Profiles
    """Offered, less those that call again after giving up or being cut off."""
    busy_days: DayFactors
    variance_to_mean: float
    talk: dict[str, Talk]
    patience: dict[str, Patience]
    survival: Survival
    """Kaplan-Meier over all types."""
    mean_wait_of_those_who_left_s: float
    redial: dict[str, Returns]
    reconnect: Returns
    menu_s: Lognormal
    wrap_up_s: Lognormal
    present: dict[str, FloatArray]
    """Mean people present by half hour, as the staffing file has them."""
    away: dict[str, FloatArray]
    """Of those, the ones who let callers wait."""
    regulars: "Regulars"
    left_in_menu_share: float
    """Hung up before the queue ÷ asked for a person, in opening hours."""

    @property
    def offered_per_week(self) -> FloatArray:
        """Calls of a usual week by type."""
        return per_week(self.offered)

    @property
    def fresh_per_week(self) -> FloatArray:
        """First calls of a usual week by type."""
        return per_week(self.fresh)

    @property
    def away_share(self) -> float:
        """Of the time of a usual week that people were counted as present, the share they let callers wait."""
        week = {name: len(CLASSES[name].weekdays) for name in CLASSES}
        away_h = sum(week[name] * self.away[name].sum() for name in week)
        return float(away_h / sum(week[name] * self.present[name].sum() for name in week))


def read_figures(folder: Path) -> BankFigures:
    """Reads the record in the folder and measures it."""
    return figures(read_calls(folder), read_present(folder))


def figures(calls: Calls, present: FloatArray) -> BankFigures:
    """Every figure, from the calls and the staffing file's people present by day and half hour."""
    usual = usual_days(calls)
    offered = counts(calls, calls.offered)
    people = people_by_calls(calls)
    again = followed(calls)
    redial = {name: _redial(again, name) for name in TYPES if name != CALL_BACK}
    reconnect = again.returns_after(again.cut_off, again.ordinary & again.own)
    return BankFigures(
        usual=usual,
        offered=mean_profile(offered, usual),
        fresh=_fresh(calls, again, usual, redial, reconnect),
        busy_days=day_factors(offered, usual),
        variance_to_mean=variance_to_mean(offered.sum(axis=2), usual),
        talk={
            name: told_apart(calls.talk_s[calls.answered & (calls.contact_type == name)]) for name in TYPES
        },
        patience={name: _patience(calls, name) for name in TYPES},
        survival=kaplan_meier(calls.waited_s[calls.queued], calls.abandoned[calls.queued]),
        mean_wait_of_those_who_left_s=float(calls.waited_s[calls.abandoned].mean()),
        redial=redial,
        reconnect=reconnect,
        menu_s=_menu(calls),
        wrap_up_s=Lognormal(people.wrap_up_mean_s, people.wrap_up_cv),
        present=_mean_by_class(present, usual),
        away=_mean_by_class(people.away, usual),
        regulars=_regulars(calls),
        left_in_menu_share=_left_in_menu(calls, usual),
    )


def _regulars(calls: Calls) -> Regulars:
    served = calls.of(calls.answered & (calls.agent != ""))
    _, agent = np.unique(served.agent, return_inverse=True)
    by_type = np.column_stack([np.bincount(agent, weights=served.contact_type == name) for name in TYPES])
    regular = by_type[by_type.sum(axis=1) >= ENOUGH_SERVICES]
    serving = (regular >= SOME_SHARE * regular.sum(axis=1, keepdims=True)).sum(axis=0)
    return Regulars(len(regular), dict(zip(TYPES, serving.tolist(), strict=True)))


def _patience(calls: Calls, name: str) -> Patience:
    queued = calls.queued & (calls.contact_type == name)
    return bank_patience(calls.waited_s[queued], calls.abandoned[queued])


def _redial(again: Followed, name: str) -> Returns:
    own = again.of_type(name) if name in KNOWN_TYPES else again.own
    return again.returns_after(again.contacts.abandoned & own, again.ordinary & own)


def _menu(calls: Calls) -> Lognormal:
    seconds = calls.menu_s[calls.offered & (calls.menu_s <= LONGEST_MENU_S)]
    return Lognormal(float(seconds.mean()), float(seconds.std() / seconds.mean()))


def _left_in_menu(calls: Calls, usual: dict[str, IntArray]) -> float:
    left = mean_profile(counts(calls, ~calls.offered), usual)
    asked = mean_profile(counts(calls, calls.offered | ~calls.offered), usual)
    return float(per_week(left).sum() / per_week(asked).sum())


def _mean_by_class(by_day: FloatArray, usual: dict[str, IntArray]) -> dict[str, FloatArray]:
    profiles = {}
    for name, days in usual.items():
        profile = np.zeros(by_day.shape[1])
        profile[CLASSES[name].span] = by_day[days, CLASSES[name].span].mean(axis=0)
        profiles[name] = profile
    return profiles


def _fresh(
    calls: Calls, again: Followed, usual: dict[str, IntArray], redial: dict[str, Returns], reconnect: Returns
) -> Profiles:
    """Offered less redials less reconnects, so that first calls and returns add up to what the record has."""
    profiles = mean_profile(counts(calls, calls.offered), usual)
    gave_up = mean_profile(counts(calls, calls.abandoned), usual)
    cut = mean_profile(counts(calls, again.cut_off), usual)
    soon = lag_shares(reconnect.cdf)
    for column, name in enumerate(TYPES):
        if name == CALL_BACK:
            continue
        later = lag_shares(redial[name].cdf)
        for day_class, profile in profiles.items():
            back = redial[name].share * returning(gave_up[day_class][:, column], day_class, later)
            back += reconnect.share * returning(cut[day_class][:, column], day_class, soon)
            profile[:, column] = without_returns(profile[:, column], back)
    return profiles
