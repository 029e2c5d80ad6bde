"""Prices: what an outsourcer charges for its people, and a vendor for its bot."""

from pydantic import Field

from scenarios.quantities import Amount, Count, CountFromOne, Factor, HoursFrom, Money, Share
from scenarios.table import Table


class Outsourced(Table):
    """People of another firm: its price replaces `cost_per_h`."""

    per_h: Money = Field(default=0.0, description="of a paid hour")
    per_contact: Money = Field(default=0.0, description="of an answered contact")
    max_people: CountFromOne | None = Field(default=None, description="no more can be had at once")
    notice_days: Amount = Field(default=0.0, description="how long before a change must be ordered")
    minimum_per_month: Money = Field(default=0.0, description="the least that is charged")
    peak_factor: Factor = Field(default=1.0, description="of the price while an event brings more contacts")


class PriceTier(Table):
    """Sessions of a month up to a number, at a price of their own."""

    up_to: CountFromOne | None = Field(default=None, description="sessions a month; the last tier has no end")
    per_session: Money


class Price(Table):
    """What the vendor of a bot charges."""

    one_off: Money = 0.0
    per_month: Money = 0.0
    per_session: Money = 0.0
    per_contained: Money = 0.0
    per_confirmed: Money = Field(default=0.0, description="contained, and not back within the refund window")
    per_conversation: Money = 0.0
    per_handover: Money = 0.0
    per_minute: Money = 0.0
    refund_window_h: HoursFrom = Field(default=72.0, description="who is back within it, is not confirmed")
    included_sessions: Count = Field(default=0, description="sessions a month that cost nothing more")
    tiers: tuple[PriceTier, ...] = Field(
        default=(), description="prices of a session by their number a month"
    )
    minimum_per_month: Money = Field(default=0.0, description="the least that is charged")
    escalator_per_year: Share = Field(default=0.0, description="rise of all prices with every year")
    upkeep_share_per_year: Share = Field(
        default=0.0, description="of one_off, what keeping it up costs a year"
    )
