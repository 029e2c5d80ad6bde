"""What the columns of an export mean: the schema of a mapping file.

A mapping is a TOML file of one kind. `calls`: a line for each contact, or for each leg of one. `events`: a line for
each thing that happened, many to a contact. `intervals`: counts by interval or day.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from calibration.records.mapping_parts import (
    Amount,
    AmountOrColumn,
    Condition,
    FileHints,
    LeftOutRule,
    MomentOrColumn,
    OutcomeRule,
    OutcomeWord,
    Part,
    Words,
)


class _Mapping(Part):
    about: str = Field("", description="What the files are, in a sentence.")
    seen: Literal["file", "documentation", "code"] = Field(
        "file",
        description="Whether this layout was held against a real file, or is known from documentation only.",
    )
    file: FileHints = Field(default_factory=FileHints)
    leave_out: tuple[LeftOutRule, ...] = ()
    optional: Words = Field((), description="Columns that a file may lack.")


class CallsMapping(_Mapping):
    """A line for each contact, or for each leg of one."""

    kind: Literal["calls"]
    joined: MomentOrColumn
    queue: Words = Field((), description="Column of the queue; several are joined by a slash.")
    outcome: tuple[OutcomeRule, ...]
    waited: AmountOrColumn | None = None
    answered_at: MomentOrColumn | None = Field(
        None, description="Moment of the answer; waits are counted to it where `waited` is not named."
    )
    talk: AmountOrColumn | None = None
    wrap_up: AmountOrColumn | None = None
    menu: AmountOrColumn | None = None
    agent: str | None = None
    customer: Words = Field((), description="Column that tells customers apart.")
    call: Words = Field(
        (), description="Columns of the contact's id: of lines with the same one the last counts."
    )
    legs_of: str | None = Field(None, description="Column of the call's id, where a call has several lines.")

    def needed(self) -> list[str]:
        """Every column that is read."""
        amounts = [self.waited, self.talk, self.wrap_up, self.menu]
        conditions = [*(rule.where for rule in self.outcome), *(rule.where for rule in self.leave_out)]
        names = [
            *self.joined.all_columns,
            *(self.answered_at.all_columns if self.answered_at else ()),
            *self.queue,
            *(column for condition in conditions for column in condition),
            *(column for amount in amounts if amount for column in amount.all_columns),
            *self.customer,
            *self.call,
            *(name for name in (self.agent, self.legs_of) if name),
        ]
        return list(dict.fromkeys(names))


class EventOutcome(Part):
    """How a contact ended, by the event that ended it."""

    is_: OutcomeWord | Literal["left_out"] = Field(alias="is")
    events: Words
    where: Condition = Field(default_factory=dict)
    why: str = Field("", description="Why such contacts are left out.")


class SpellRule(Part):
    """Time that an agent spends logged in, or paused."""

    kind: Literal["logged_in", "paused"]
    begins: Words
    ends: Words


class Stages(Part):
    """Words of the events between which a contact's times lie."""

    joined: Words = Field(
        description="Joins the queue; of several that happen the first in this list counts."
    )
    answered: Words
    talk_ends: Words
    wrap_up_ends: Words = Field(())
    menu_begins: Words = Field(())
    menu_ends: Words = Field(())
    again: Words = Field((), description="Events with which the same id begins a further contact.")
    ignored: Words = Field((), description="Events that say nothing of contacts or agents.")

    @property
    def words(self) -> list[str]:
        """All events of contacts."""
        lists = (
            self.joined,
            self.answered,
            self.talk_ends,
            self.wrap_up_ends,
            self.menu_begins,
            self.menu_ends,
        )
        return list(dict.fromkeys(word for words in (*lists, self.again) for word in words))


class EventsMapping(_Mapping):
    """A line for each thing that happened."""

    kind: Literal["events"]
    call: Words = Field(description="Columns that together name a contact.")
    moment: MomentOrColumn
    event: str = Field(description="Column of the event's word.")
    stages: Stages
    outcome: tuple[EventOutcome, ...]
    queue: Words = Field(())
    agent: str | None = None
    customer: Words = Field(())
    spell: tuple[SpellRule, ...] = ()
    runs: str | None = Field(
        None, description="Column that numbers runs of the same days; they are laid end to end."
    )
    run_days: int | None = Field(
        None, gt=0, description="Days of a run; who joins later came in its run-out."
    )

    @property
    def known_events(self) -> list[str]:
        """Every word that an event may have."""
        spells = [word for rule in self.spell for word in (*rule.begins, *rule.ends)]
        ends = [word for rule in self.outcome for word in rule.events]
        return list(dict.fromkeys([*self.stages.words, *ends, *spells, *self.stages.ignored]))

    def needed(self) -> list[str]:
        """Every column that is read."""
        conditions = [*(rule.where for rule in self.outcome), *(rule.where for rule in self.leave_out)]
        names = [
            *self.moment.all_columns,
            *self.call,
            self.event,
            *self.queue,
            *(column for condition in conditions for column in condition),
            *self.customer,
            *(name for name in (self.agent, self.runs) if name),
        ]
        return list(dict.fromkeys(names))


class IntervalsMapping(_Mapping):
    """Counts by interval, or by day."""

    kind: Literal["intervals"]
    start: MomentOrColumn
    interval_min: int | None = Field(
        None, gt=0, le=1440, description="Minutes; else the smallest step in the file."
    )
    queue: Words = Field(())
    split_by: Words = Field((), description="Columns by which an interval has several rows, which are added.")
    offered: AmountOrColumn | None = None
    answered: AmountOrColumn | None = None
    abandoned: AmountOrColumn | None = None
    within: AmountOrColumn | None = Field(None, description="Answered within the acceptable waiting time.")
    service_level: AmountOrColumn | None = Field(
        None, description="As the system states it, whatever it divides by."
    )
    awt_s: float | None = Field(None, gt=0, description="Acceptable waiting time of both.")
    answered_wait: AmountOrColumn | None = None
    abandoned_wait: AmountOrColumn | None = None
    handle: AmountOrColumn | None = None
    present: AmountOrColumn | None = Field(
        None, description="People present: a count, or time in an interval."
    )
    busy: AmountOrColumn | None = Field(None, description="People at work: a count, or time in an interval.")

    def amounts(self) -> dict[str, Amount]:
        """Figures that the files hold, by name."""
        named = {name: getattr(self, name) for name in FIGURES}
        return {name: amount for name, amount in named.items() if amount is not None}

    def needed(self) -> list[str]:
        """Every column that is read."""
        names = [
            *self.start.all_columns,
            *self.queue,
            *self.split_by,
            *(column for rule in self.leave_out for column in rule.where),
            *(column for amount in self.amounts().values() for column in amount.all_columns),
        ]
        return list(dict.fromkeys(names))


FIGURES = (
    *("offered", "answered", "abandoned", "within", "service_level", "answered_wait", "abandoned_wait"),
    *("handle", "present", "busy"),
)
COUNTS = ("offered", "answered", "abandoned", "within")

Mapping = CallsMapping | EventsMapping | IntervalsMapping
KINDS: dict[str, type[CallsMapping | EventsMapping | IntervalsMapping]] = {
    "calls": CallsMapping,
    "events": EventsMapping,
    "intervals": IntervalsMapping,
}
