"""What may be done on the day itself, once it is known how busy it is."""

from pydantic import Field

from scenarios.quantities import ClockTime, Count, CountFromOne, Factor, HoursLong, Money, Share
from scenarios.table import Table


class OnTheDay(Table):
    """What may still be done once it is known how busy the day is: call in, send home, outsource by the hour."""

    call_in_factor: Factor | None = Field(
        default=None,
        description="a called-in hour costs so many times cost_per_h; absent: nobody is called in",
    )
    most_called_in_share: Share | None = Field(
        default=None, description="of the people on shift at that time; absent: no limit"
    )
    call_in_h: HoursLong | None = Field(
        default=None, description="who is called in stays for so long; absent: from interval to interval"
    )
    send_home_share: Share = Field(
        default=0.0, description="of the people on shift at that time, unpaid for the rest of their shift"
    )
    outsource_per_h: Money | None = Field(
        default=None, description="price of an outsourced person's hour; absent: none"
    )
    most_outsourced: Count | None = Field(default=None, description="people at once; absent: no limit")
    known_at: ClockTime | None = Field(
        default=None,
        description="nothing can be changed before this time of the day; absent: all of the day can",
    )
    classes: CountFromOne = Field(
        default=5, description="how many equally likely classes of days, quiet to busy, can be told apart"
    )
