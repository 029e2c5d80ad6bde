"""Contact types: who contacts the center, how long it takes, how long they wait, and what comes of it."""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from scenarios.demand import Arrivals, Induced, Prevention
from scenarios.experience import Expectation
from scenarios.laws import LawField
from scenarios.quantities import (
    Above,
    Amount,
    AtLeastOne,
    CountFromOne,
    Flag,
    HoursLong,
    Money,
    Seconds,
    Share,
    wrong,
)
from scenarios.table import Labeled, Table


class Redial(Table):
    """After abandoning, after being blocked, and after leaving the bot."""

    share: Share
    delay_s: LawField
    skip_bot: Flag = False


class Reconnect(Table):
    """After a contact that did not resolve the need."""

    share: Share
    delay_h: LawField
    as_: str | None = Field(
        default=None, alias="as", description="contact type of the return; absent: the same"
    )
    talk_factor: Above = 1.0
    skip_bot: Flag = False


class Transfer(Table):
    """After service, on to another type's queue."""

    share: Share
    to: str
    talk_factor: Above = 1.0


class Route(Table):
    """A group that may take the type; smaller rank first, equal rank: whoever has been idle longest."""

    group: str
    rank: CountFromOne = 1
    after_s: Seconds = Field(default=0.0, description="eligible only after so long a wait")


class Ahead(Table):
    """Within the type: who goes before the others."""

    vip_share: Share = Field(default=0.0, description="of the customers, drawn for each")
    returns: Flag = Field(default=False, description="redials and reconnects go ahead")


class WhenClosed(Table):
    """What becomes of a live contact that nothing takes after closing: a ticket, or it is lost."""

    ticket_share: Share
    as_: str = Field(alias="as", description="contact type of the ticket, a deferred one")


class Chase(Table):
    """Late work breeds live contacts: asked after when it is not done in time, and again."""

    after_h: HoursLong = Field(description="after joining the queue")
    share: Share = Field(description="of the customers whose work is not done by then, each time")
    every_h: HoursLong | None = Field(default=None, description="and again so often; absent: once")
    as_: str = Field(alias="as", description="contact type of the chasing contact, a live one")


class Callback(Table):
    """Instead of waiting: called back in turn."""

    offer_above_s: Seconds = Field(description="offered when the expected wait is longer")
    accept_share: Share
    keeps_place: Flag = Field(default=True, description="in the line; else when nobody live waits")
    reach_share: Share = Field(default=1.0, description="of those called back, reached")
    attempts: CountFromOne = Field(default=1, description="until the call is given up")
    attempt_s: Seconds = Field(default=0.0, description="an agent's time for an attempt in vain")


LIVE_CHANNELS = ("voice", "chat", "video")
DEFERRED_CHANNELS = ("message", "email", "ticket")


class ServiceTarget(Table):
    """What customers are promised."""

    example: ClassVar[str] = '"80/20" (80 % answered within 20 s) or a table'

    share: Share | None = Field(default=None, description="answered within awt_s ÷ offered")
    awt_s: Seconds | None = Field(default=None, description="acceptable waiting time")
    max_abandonment_rate: Share | None = None
    max_mean_wait_s: Seconds | None = None
    min_answer_rate: Share | None = None
    max_delay_rate: Share | None = None
    over: Literal["interval", "day", "week", "horizon"] = "interval"
    never_below: Share | None = Field(default=None, description="service level of the worst interval")


SHORT_TARGET = r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)"


def _target(value: object) -> object:
    written_out = target_from_words(value)
    if isinstance(written_out, str) or (written_out is not value and written_out["share"] > 1):
        raise wrong(ServiceTarget.example)
    return written_out


def target_from_words(value: Any) -> Any:
    """80/20 is 80 % answered within 20 seconds; anything else stays as it is."""
    short = re.fullmatch(SHORT_TARGET, value) if isinstance(value, str) else None
    return {"share": float(short[1]) / 100, "awt_s": float(short[2])} if short else value


ShortTarget = Annotated[str, Field(pattern=f"^{SHORT_TARGET}$")]
ServiceTargetField = Annotated[
    ServiceTarget, BeforeValidator(_target, json_schema_input_type=ShortTarget | ServiceTarget)
]


class Conversion(Table):
    """Contacts that lead to a sale."""

    person: Share = Field(default=0.0, description="of those that a person answers")
    bot: Share = Field(default=0.0, description="of those that the bot solves")
    margin: Money = Field(description="of one sale")


class WrongAnswer(Table):
    """Contacts that get a wrong answer, which costs money."""

    person: Share = Field(default=0.0, description="of those that a person answers")
    bot: Share = Field(default=0.0, description="of those that the bot closes")
    cost: Money = Field(description="of one wrong answer")


class ContactType(Labeled):
    """One kind of contact: an intent on a channel."""

    channel: Literal["voice", "chat", "video", "message", "email", "ticket"] = Field(
        description="how customers reach the center; message, email and ticket are deferred work"
    )
    arrivals: Arrivals
    prevention: Prevention | None = None
    induced: Induced | None = None
    talk_s: LawField = Field(description="talk with a person")
    measured_at_concurrency: AtLeastOne | None = Field(
        default=None, description="chats that an agent held on average when talk_s was measured"
    )
    wrap_up_s: LawField | None = Field(default=None, description="work after the contact; absent: none")
    patience_s: LawField | None = Field(
        default=None, description="wait until abandoning; absent: without end"
    )
    redial: Redial | None = None
    resolution_rate: Share = Field(default=1.0, description="unless the group says otherwise")
    reconnect: Reconnect | None = None
    chase: Chase | None = Field(default=None, description="deferred channels only")
    transfer: Transfer | None = None
    routed_to: tuple[Route, ...] | None = Field(
        default=None, description="absent: every group with the skill"
    )
    priority: CountFromOne = Field(default=1, description="smaller is served before larger")
    ahead: Ahead | None = None
    callback: Callback | None = Field(default=None, description="voice and video only")
    due_h: HoursLong | None = Field(default=None, description="deferred channels only: to be done within")
    interruptible: Flag = Field(
        default=False, description="deferred channels only: gives way to live contacts"
    )
    when_closed: WhenClosed | None = Field(default=None, description="live channels only")
    service_target: ServiceTargetField | None = None
    short_abandon_s: Seconds = 5.0
    conversion: Conversion | None = None
    wrong_answer: WrongAnswer | None = None
    day_cv: Amount | None = Field(default=None, description="this type's own day factor; absent: [busyness]")
    expectation: Expectation | None = Field(default=None, description="for [experience]")

    @property
    def is_deferred(self) -> bool:
        """Waits without abandoning, and is done when nobody live waits."""
        return self.channel in DEFERRED_CHANNELS
