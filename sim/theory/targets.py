"""What service is asked for: one or several limits on the measures of a queue."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol


class UnreachableTarget(ValueError):  # noqa: N818 - it says what it is
    """No number of people meets this target: its `limit` is only approached, or (None) it takes too many."""

    def __init__(self, reason: str, limit: str | None = None) -> None:
        super().__init__(reason)
        self.limit = limit


class Queue(Protocol):
    """What Erlang A and Erlang C both give."""

    @property
    def is_stable(self) -> bool:
        """Whether there is a steady state: the queue does not grow without end."""

    @property
    def abandonment_rate(self) -> float:
        """Abandoned ÷ offered."""

    @property
    def answer_rate(self) -> float:
        """Answered ÷ offered."""

    @property
    def delay_rate(self) -> float:
        """Not answered at once ÷ offered."""

    @property
    def mean_wait_s(self) -> float:
        """Mean wait of all offered, in seconds."""

    @property
    def mean_answer_s(self) -> float:
        """Mean wait of the answered, in seconds."""

    @property
    def mean_queue_length(self) -> float:
        """Mean number waiting."""

    @property
    def occupancy(self) -> float:
        """Work ÷ time present."""

    def service_level(self, awt_s: float) -> float:
        """Answered within awt_s ÷ offered."""

    def wait_exceeds(self, t_s: float) -> float:
        """Share of all offered that wait longer than t_s."""


_LOWEST = ("share", "min_answer_rate")
# Each upper limit and the measure that it holds down; a measure nobody limits is never computed.
_HIGHEST = {
    "max_abandonment_rate": "abandonment_rate",
    "max_mean_wait_s": "mean_wait_s",
    "max_delay_rate": "delay_rate",
    "max_occupancy": "occupancy",
}


@dataclass(frozen=True)
class Target:
    """Limits that hold together; None: no such limit. The names are those of a scenario's `service_target`.

    share, awt_s: at least this share of the offered is answered within so many seconds ("80/20" is 0.8, 20)
    max_abandonment_rate, max_delay_rate, max_occupancy, min_answer_rate: shares
    max_mean_wait_s: of all offered, those who abandoned included
    """

    share: float | None = None
    awt_s: float | None = None
    max_abandonment_rate: float | None = None
    max_mean_wait_s: float | None = None
    min_answer_rate: float | None = None
    max_delay_rate: float | None = None
    max_occupancy: float | None = None

    def __post_init__(self) -> None:
        if (self.share is None) != (self.awt_s is None):
            raise ValueError("share and awt_s belong together: give both or neither")
        if all(getattr(self, field.name) is None for field in fields(self)):
            raise ValueError("a target needs at least one limit")
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and not value >= 0.0:
                raise ValueError(f"{field.name}: got {value}, expected a number of at least 0")
            if value is not None and value > 1.0 and not field.name.endswith("_s"):
                raise ValueError(f"{field.name}: got {value}, expected a share in [0, 1]")

    def missed(self, queue: Queue) -> tuple[str, ...]:
        """The limits that the queue breaks, by name; `share` stands for the service level.

        A queue that grows without end breaks them all, whatever its measures are.
        """
        if not queue.is_stable:
            return tuple(name for name in (*_LOWEST, *_HIGHEST) if getattr(self, name) is not None)
        broken = []
        if self.share is not None and self.awt_s is not None and queue.service_level(self.awt_s) < self.share:
            broken.append("share")
        if self.min_answer_rate is not None and queue.answer_rate < self.min_answer_rate:
            broken.append("min_answer_rate")
        for name, measure in _HIGHEST.items():
            limit = getattr(self, name)
            if limit is not None and getattr(queue, measure) > limit:
                broken.append(name)
        return tuple(broken)

    def is_met_by(self, queue: Queue) -> bool:
        """Whether every limit holds."""
        return not self.missed(queue)

    def only_approached(self, can_abandon: bool) -> tuple[str, ...]:
        """The limits that more and more people only approach: everyone at once, nobody ever, no work at all."""
        never = {
            "share": self.share == 1.0,
            "min_answer_rate": self.min_answer_rate == 1.0 and can_abandon,
            "max_abandonment_rate": self.max_abandonment_rate == 0.0 and can_abandon,
            "max_mean_wait_s": self.max_mean_wait_s == 0.0,
            "max_delay_rate": self.max_delay_rate == 0.0,
            "max_occupancy": self.max_occupancy == 0.0,
        }
        return tuple(name for name, is_so in never.items() if is_so)

    def require_reachable(self, can_abandon: bool) -> None:
        """Refuse a limit that is only approached."""
        for name in self.only_approached(can_abandon):
            reason = "is approached but never reached by any number of people"
            raise UnreachableTarget(f"{name} = {getattr(self, name):g} {reason}", name)
