"""Who comes back within a week of a service, beyond what the same customer does in other weeks.

Some customers call every day. Whoever is compared with the average customer seems to come back; whoever is
compared with himself two weeks earlier and later, on the same weekday and at the same hour, does not
(case-crossover; Maclure 1991, American Journal of Epidemiology 133).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S, Contacts
from calibration.returning.excess import Seen

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

WEEK_S = 7.0 * DAY_S
APART_S = 14.0 * DAY_S
"""Two weeks off, so that the week compared with holds neither the event nor its returns."""


def after_and_anyway(contacts: Contacts, own: BoolArray, event: BoolArray) -> tuple[Seen, Seen]:
    """Next contacts within a week after these events, and after the same moments two weeks earlier and later.

    Only moments with a whole week of record behind them.
    """
    times = _Moments(contacts, own)
    chosen = np.nonzero(event & own & (contacts.customer >= 0))[0]
    ended_s, customer = contacts.ended_s[chosen], contacts.customer[chosen]
    record_s = contacts.n_days * float(DAY_S)
    whole = ended_s + WEEK_S <= record_s
    after = Seen(times.until_next_s(ended_s[whole], customer[whole]), customer[whole])
    moment_s = np.concatenate([ended_s - APART_S, ended_s + APART_S])
    who = np.concatenate([customer, customer])
    inside = (moment_s >= 0.0) & (moment_s + WEEK_S <= record_s)
    return after, Seen(times.until_next_s(moment_s[inside], who[inside]), who[inside])


class _Moments:
    """Contacts of known customers in order of customer and time, to find the next one after any moment."""

    def __init__(self, contacts: Contacts, own: BoolArray) -> None:
        known = own & (contacts.customer >= 0)
        self.apart_s = (
            2.0 * (contacts.n_days + 60) * DAY_S
        )  # one customer's moments all lie before the next one's
        key = contacts.customer[known] * self.apart_s + contacts.joined_s[known]
        self.key = np.sort(key)

    def until_next_s(self, moment_s: FloatArray, customer: IntArray) -> FloatArray:
        """Seconds to the customer's next contact after each moment; infinite beyond a week."""
        key = customer * self.apart_s + moment_s
        place = np.searchsorted(self.key, key, side="right")
        following = np.append(self.key, np.inf)[place] - key
        return np.where(following <= WEEK_S, following, np.inf)
