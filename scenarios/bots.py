"""Bots: which types they meet first, what becomes of 100 who enter, and what the vendor charges."""

from collections.abc import Sequence
from math import floor
from typing import Annotated

from pydantic import Field

from scenarios.demand import Moment
from scenarios.laws import Constant, LawField
from scenarios.prices import Price
from scenarios.quantities import Above, Count, Flag, Frozen, MonthsLong, OfHundredth, Share
from scenarios.table import Labeled, Table


class OfHundred(Table):
    """What becomes of 100 contacts that enter the bot; adds up to 100."""

    solved: OfHundredth = 0.0
    wrongly_closed: OfHundredth = Field(default=0.0, description="closed, need not met")
    handed_over: OfHundredth = Field(default=0.0, description="escalated to a person")
    left: OfHundredth = Field(default=0.0, description="the customer leaves the bot")

    @property
    def contained(self) -> float:
        """Closed by the bot, rightly or wrongly, of 100; those who left are not in."""
        return self.solved + self.wrongly_closed


class OperatingPoint(Table):
    """Of 100 that enter, what the bot closes at one of its settings: a bot that closes more is wrong more often."""

    solved: OfHundredth
    wrongly_closed: OfHundredth


class AtPeak(Table):
    """What the bot closes while the queue is long; handed over are the rest of those who stay."""

    waiting_above: Count = Field(description="contacts of the type that wait when a session begins")
    solved: OfHundredth
    wrongly_closed: OfHundredth


class Handover(Table):
    """How a contact changes when the bot hands it over."""

    talk_factor: Above = 1.0
    patience_factor: Above = 1.0


class BotContactType(Table):
    """What the bot does for one contact type."""

    entry_share: Share = Field(default=1.0, description="the rest opts out at once")
    of_100: OfHundred = Field(default=OfHundred(handed_over=100), description="adds up to 100")
    operating_points: tuple[OperatingPoint, ...] = Field(
        default=(), description="settings, by how much is solved"
    )
    operating_point: Share | None = Field(
        default=None, description="where between the first (0) and the last (1) of them; in place of of_100"
    )
    at_peak: AtPeak | None = None
    session_s: LawField = Field(default=Constant(value=0), description="time in the bot")
    handover: Handover = Handover()
    wrongly_closed_skip_bot: Flag = False

    @property
    def stands_at(self) -> OfHundred:
        """What becomes of 100 that enter: `of_100`, or the operating point; those who leave are as in `of_100`."""
        if self.operating_point is None or not self.operating_points:
            return self.of_100
        point = point_along(self.operating_points, self.operating_point)
        handed_over = 100.0 - self.of_100.left - point.solved - point.wrongly_closed
        return OfHundred(
            solved=point.solved,
            wrongly_closed=point.wrongly_closed,
            handed_over=max(handed_over, 0.0),
            left=self.of_100.left,
        )


def point_along(points: Sequence[OperatingPoint], position: float) -> OperatingPoint:
    """The point at a position from 0 (the first) to 1 (the last): steps are equal, and linear in between."""
    at = position * (len(points) - 1)
    i = min(floor(at), max(len(points) - 2, 0))
    low, high = points[i], points[min(i + 1, len(points) - 1)]
    share = at - i
    return OperatingPoint(
        solved=low.solved + share * (high.solved - low.solved),
        wrongly_closed=low.wrongly_closed + share * (high.wrongly_closed - low.wrongly_closed),
    )


class RampUp(Table):
    """The bot begins with a part of what it will close, and learns."""

    months: MonthsLong = Field(description="from the start of the horizon until it closes all that it will")
    start_share: Share = Field(description="of that, what it closes on the first day")


class Outage(Table):
    """The bot takes nobody, and hands over those it has."""

    from_: Moment = Field(alias="from")
    to: Moment


class Bot(Labeled):
    """A phone menu or an assistant; a contact type has at most one."""

    always_on: Flag = Field(default=False, description="also outside opening hours")
    max_sessions: Count | None = Field(default=None, description="absent: unlimited; 0: none")
    selectivity: Share = Field(default=0.0, description="0: any contact alike; near 1: the easy ones")
    outage: tuple[Outage, ...] = ()
    ramp_up: RampUp | None = None
    price: Price = Price()
    contact_type: Annotated[dict[str, BotContactType], Frozen] = Field(
        default_factory=dict, description="by contact type", validate_default=True
    )
