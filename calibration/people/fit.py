"""People present from what there is: a staffing file, log-in events, or the contacts alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.people.busy import people_by_load
from calibration.people.inferred import (
    IDLE_AT_MOST_S,
    OTHER_IDLE,
    Presence,
    idle_at_most_s,
    presence,
    usual_wrap_up_s,
)
from calibration.people.logins import Logins, logged_in
from calibration.people.people import Group, Known, People
from calibration.people.ready import at_work
from calibration.people.services import (
    Services,
    pauses_between,
    services_of,
    services_of_nobody,
    waiting_line,
)
from calibration.people.skills import Skills, fit_skills
from calibration.people.spread import fit_talk_spread
from calibration.people.staffing import Staffing
from calibration.people.steps import Steps, interval_edges, spans_as_steps
from calibration.people.working import WorkingShare, working_share
from calibration.records.contacts import DAY_S, Contacts

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

FEW_NAMED = 0.5
"""With fewer services of named people the contacts cannot tell who was there."""
BY_LOAD = "people serving while customers wait"
STRICT = "breaks taken off though nobody waited"
SEED = 1
"""Of the draws where in a pause a break ended."""


def fit_people(
    contacts: Contacts, staffing: Staffing | None = None, interval_s: int = 1800, logins: Logins | None = None
) -> People:
    """Everything about the people: heads by day and interval, groups, differences between them.

    A staffing file goes before log-in events, these before what the contacts alone tell; the others stand beside.
    """
    found = _Inference(contacts, interval_s)
    others = found.others()
    if staffing is not None:
        known, total = Known.STAFFING, found.by_day(_summed(staffing, contacts, interval_s))
        others[Known.INFERRED.value] = found.total()
    elif logins is not None:
        known, total = Known.LOGINS, found.by_day(found.logged_in(logins))
        others[Known.INFERRED.value] = found.total()
    elif found.tells:
        known, total = Known.INFERRED, found.total()
    else:
        known, total = Known.INFERRED, others.pop(BY_LOAD)
    return People(
        known=known,
        interval_s=interval_s,
        groups=found.groups(),
        present=found.split(total),
        away=found.by_day(np.sum([one.away for one in found.by_group], axis=0)),
        others=others,
        group_of=found.skills.group,
        wrap_up_s=found.wrap_up_s,
        working_share=found.working_share(None if known is Known.INFERRED else total),
        talk_spread=fit_talk_spread(contacts),
        notes=found.notes(known),
    )


def _summed(staffing: Staffing, contacts: Contacts, interval_s: int) -> FloatArray:
    return staffing.table(contacts.first_day, contacts.n_days, interval_s).sum(axis=0).ravel()


class _Inference:
    """What the contacts alone tell of the people, group by group."""

    def __init__(self, contacts: Contacts, interval_s: int) -> None:
        self.contacts = contacts
        self.interval_s = interval_s
        self.skills: Skills = fit_skills(contacts)
        self.services: Services = services_of(contacts)
        self.nobody: Services = services_of_nobody(contacts)
        n_named = int((contacts.answered & (contacts.agent >= 0)).sum())
        self.named_share = n_named / max(int(contacts.answered.sum()), 1)
        self.everybody = waiting_line(contacts, np.ones(len(contacts.queues), dtype=np.bool_))
        self.wrap_up_s = usual_wrap_up_s(pauses_between(self.services, IDLE_AT_MOST_S), self.everybody)
        self.waiting = [waiting_line(contacts, serves) for serves in self._serves()]
        self.idle_s = idle_at_most_s(self.services)
        self.by_group = self._presence(self.idle_s)

    @property
    def tells(self) -> bool:
        """Enough services have a name."""
        return self.named_share >= FEW_NAMED

    def _serves(self) -> list[BoolArray]:
        """The queues of each group; where nobody is named there is one that serves all."""
        return list(self.skills.serves) or [np.ones(len(self.contacts.queues), dtype=np.bool_)]

    def _presence(self, idle_s: float) -> list[Presence]:
        return [self._of_group(group, idle_s) for group in range(len(self.waiting))]

    def _of_group(self, group: int, idle_s: float) -> Presence:
        own = self.services.of(self.skills.group[self.services.agent] == group)
        n_days = self.contacts.n_days
        return presence(own, self.waiting[group], self.wrap_up_s, n_days, self.interval_s, idle_s)

    def _at_work(self) -> list[FloatArray]:
        """By group, breaks taken while nobody waited taken off too."""
        edges = interval_edges(self.contacts.n_days, self.interval_s)
        groups = enumerate(self.waiting)
        own = (self.skills.group[self.services.agent] == group for group, _ in groups)
        return [
            at_work(self.services.of(chosen), waiting, self.wrap_up_s, edges, self.idle_s, SEED)
            for chosen, waiting in zip(own, self.waiting, strict=True)
        ]

    def _unnamed(self) -> FloatArray:
        edges = interval_edges(self.contacts.n_days, self.interval_s)
        return spans_as_steps(self.nobody.began_s, self.nobody.ended_s).mean_by(edges)

    def by_day(self, flat: FloatArray) -> FloatArray:
        """Intervals of the record as days and intervals."""
        return np.asarray(flat.reshape(-1, DAY_S // self.interval_s), dtype=np.float64)

    def total(self, by_group: list[Presence] | None = None) -> FloatArray:
        """All people present; whoever served without a name counts while serving."""
        parts = self.by_group if by_group is None else by_group
        return self.by_day(np.sum([one.present for one in parts], axis=0) + self._unnamed())

    def others(self) -> dict[str, FloatArray]:
        """The second estimates."""
        named = {
            f"idle up to {factor * self.idle_s / 60:.0f} minutes": self.total(
                self._presence(factor * self.idle_s)
            )
            for factor in OTHER_IDLE
        }
        named[STRICT] = self.by_day(np.sum(self._at_work(), axis=0) + self._unnamed())
        by_load = people_by_load(self.contacts, self.wrap_up_s, self.interval_s)
        return (named if self.tells else {}) | {BY_LOAD: self.by_day(by_load)}

    def logged_in(self, logins: Logins) -> FloatArray:
        """By log-in events."""
        return logged_in(logins, self.services, self.contacts.agents, self.contacts.n_days, self.interval_s)

    def working_share(self, counted: FloatArray | None) -> WorkingShare:
        """Of those a file or a log counts, or of those in a spell of work, who takes customers while they wait."""
        working = np.sum([one.working for one in self.by_group], axis=0)
        if counted is None:
            counted_waiting = working + np.sum([one.away for one in self.by_group], axis=0)
        else:
            waiting = Steps(self.everybody.at_s, (self.everybody.n > 0).astype(np.int64))
            edges = interval_edges(self.contacts.n_days, self.interval_s)
            counted_waiting = counted.ravel() * waiting.mean_by(edges)
        in_seconds = self.interval_s
        return working_share(
            self.by_day(working) * in_seconds, self.by_day(counted_waiting) * in_seconds, self.interval_s
        )

    def split(self, total: FloatArray) -> FloatArray:
        """All people divided among the groups as inferred; where nobody was seen, as over the whole record."""
        parts = np.stack([self.by_day(one.present) for one in self.by_group])
        usual = parts.sum(axis=(1, 2))
        usual = usual / usual.sum() if usual.sum() > 0.0 else np.full(len(parts), 1.0 / len(parts))
        seen = parts.sum(axis=0)
        share = np.where(seen > 0.0, parts / np.where(seen > 0.0, seen, 1.0), usual[:, None, None])
        return np.asarray(share * total)

    def groups(self) -> tuple[Group, ...]:
        """The groups; one group that serves all where nobody is named."""
        everything = tuple(range(len(self.contacts.queues)))
        if len(self.skills.share) == 0:
            return (Group("team", everything, 0, 1.0),)
        names = (
            ["team"]
            if len(self.skills.share) == 1
            else [f"team_{i + 1}" for i in range(len(self.skills.share))]
        )
        return tuple(
            Group(
                name=name,
                queues=tuple(np.nonzero(self.skills.serves[i])[0].tolist()),
                n_agents=int((self.skills.group == i).sum()),
                share=float(self.skills.share[i]),
            )
            for i, name in enumerate(names)
        )

    def notes(self, known: Known) -> tuple[str, ...]:
        """What a reader of the figures should know."""
        notes = [f"people present: {known.value}"]
        if known is Known.INFERRED and self.tells:
            notes = [f"{notes[0]}; gone after {self.idle_s / 60:.0f} minutes without a contact"]
        if self.named_share < 1.0:
            notes.append(f"{100 * (1 - self.named_share):.1f} % of the answered contacts name nobody")
        if self.wrap_up_s > 0.0:
            notes.append(f"pause after a contact while three or more wait: {self.wrap_up_s:.1f} s on average")
        return tuple(notes)
