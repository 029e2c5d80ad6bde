"""Bots: which types they meet first, what becomes of 100 who enter, and what the vendor charges."""

from typing import Annotated

from pydantic import Field

from scenarios.demand import Moment
from scenarios.laws import Constant, LawField
from scenarios.prices import Price
from scenarios.quantities import Above, Count, Flag, Frozen, OfHundredth, Share
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


class Handover(Table):
    """How a contact changes when the bot hands it over."""

    talk_factor: Above = 1.0
    patience_factor: Above = 1.0


class BotContactType(Table):
    """What the bot does for one contact type."""

    entry_share: Share = Field(default=1.0, description="the rest opts out at once")
    of_100: OfHundred = Field(default=OfHundred(handed_over=100), description="adds up to 100")
    session_s: LawField = Field(default=Constant(value=0), description="time in the bot")
    handover: Handover = Handover()
    wrongly_closed_skip_bot: Flag = False


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
    price: Price = Price()
    contact_type: Annotated[dict[str, BotContactType], Frozen] = Field(
        default_factory=dict, description="by contact type", validate_default=True
    )
