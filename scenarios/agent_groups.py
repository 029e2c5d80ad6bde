"""Agent groups: what they can do, how many there are and when, and what an hour costs; agent assist."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from scenarios.calendar_days import WeekdayClass
from scenarios.laws import LawField
from scenarios.prices import Outsourced
from scenarios.profiles import HeadCounts
from scenarios.quantities import (
    Above,
    Amount,
    ClockTime,
    Count,
    CountFromOne,
    Flag,
    Frozen,
    Gain,
    HoursFrom,
    HoursLong,
    MinutesLong,
    Money,
    Share,
    ShareAboveZero,
    ShareBelowOne,
)
from scenarios.table import Labeled, Table


class Skill(Table):
    """A type that the group can take."""

    example: ClassVar[str] = "the name of a contact type, or a table"

    contact_type: str
    talk_factor: Above = 1.0
    resolution_rate: Share | None = Field(default=None, description="absent: the contact type's own")
    weight: Above = Field(default=1.0, description="for policy weighted_wait")

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> Any:
        """The name alone, where nothing else is said."""
        table = handler(self)
        return self.contact_type if list(table) == ["contact_type"] else table


def _skill(value: object) -> object:
    return {"contact_type": value} if isinstance(value, str) else value


SkillField = Annotated[Skill, BeforeValidator(_skill, json_schema_input_type=str | Skill)]


class ShiftBreak(Table):
    """Time away inside a shift."""

    after_h: HoursFrom = Field(description="hours after the shift's start")
    min: MinutesLong = Field(description="length in minutes")


class Shift(Table):
    """People who come and go together."""

    start: ClockTime
    hours: HoursLong
    days: WeekdayClass = "mon-sun"
    people: Count
    breaks: tuple[ShiftBreak, ...] = ()
    cost: Money | None = Field(
        default=None,
        description="of one person for one such shift; absent: cost_per_h (outsourced: per_h) × hours",
    )


PLANNED: Literal["plan"] = "plan"


class Agents(Table):
    """How many people, and when: present, present_per_interval, a file, shifts, or left to the optimizer."""

    example: ClassVar[str] = 'a table such as { present = 12 }, or "plan"'

    present: Count | None = Field(default=None, description="people at work, ready or busy")
    present_per_interval: HeadCounts | None = None
    file: str | None = Field(
        default=None, description="a CSV file beside this one, with a column of head counts per interval"
    )
    column: str | None = Field(default=None, description="of the file, named in its first line")
    shifts: tuple[Shift, ...] | None = Field(default=None, description="people scheduled; shrinkage applies")
    plan: Flag = Field(default=False, description="left to the optimizer")

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> Any:
        """The word alone, where the optimizer decides."""
        table = handler(self)
        return PLANNED if table == {"plan": True} else table


def _agents(value: object) -> object:
    return {"plan": True} if value == PLANNED else value


AgentsField = Annotated[Agents, BeforeValidator(_agents, json_schema_input_type=Literal["plan"] | Agents)]


class Shrinkage(Table):
    """Paid time that is not available: scheduled = required ÷ ((1 − planned)(1 − absent) · adherence)."""

    planned: ShareBelowOne = Field(default=0.0, description="meetings, training; breaks are in the shifts")
    absent: ShareBelowOne = Field(default=0.0, description="away all day")
    adherence: ShareAboveZero = Field(default=1.0, description="at their place when scheduled")

    @property
    def available_share(self) -> float:
        """Of scheduled time, how much is present: (1 − planned)(1 − absent) · adherence."""
        return (1 - self.planned) * (1 - self.absent) * self.adherence


class Newcomers(Table):
    """People in ramp-up: both factors run in a straight line to 1 over the weeks."""

    share: Share | None = Field(default=None, description="at the start; absent: what attrition leads to")
    weeks: Above = Field(description="length of the ramp-up")
    talk_factor: Above = 1.0
    resolution_factor: Amount = 1.0


class Support(Table):
    """People who take no contacts, by how many agents there are for one of them; paid like the agents."""

    people_per_lead: Above | None = None
    people_per_qa: Above | None = Field(default=None, description="qa: quality assurance")


class Concurrency(Table):
    """Several chats at a time, and what becomes of the pace."""

    chat: CountFromOne = Field(description="chats that an agent may hold")
    throughput: tuple[Above, ...] = Field(
        description="of one agent with 1, 2, … chats, in chats worked alone; as many numbers as chats"
    )

    def pace(self, held: float) -> float:
        """How fast each of `held` chats advances, 1 being alone: throughput ÷ held, straight between whole numbers."""
        below = min(int(held), len(self.throughput) - 1)
        here, after = self.throughput[below - 1], self.throughput[min(below, len(self.throughput) - 1)]
        return (here + (after - here) * (held - below)) / held


class Proactive(Table):
    """Contacts that the group makes itself, in idle time, before customers make theirs: notices."""

    contact: str = Field(description="the contact type, a live one, that a notice may prevent")
    per_day: Amount = Field(description="notices to give, expected, evenly over the open hours")
    reach_share: Share = Field(default=1.0, description="of the notices: a customer is reached")
    prevents_share: Share = Field(default=0.0, description="of those reached: one contact fewer")
    calls_back_share: Share = Field(default=0.0, description="of those reached: one contact more")
    calls_back_after_h: LawField | None = Field(default=None, description="absent: at once")
    unwelcome_share: Share = Field(default=0.0, description="of those reached")
    unwelcome_cost: Money = Field(default=0.0, description="of one unwelcome notice")
    talk_s: LawField = Field(description="with a customer who is reached; nobody reached: no time")
    conversion_share: Share = Field(default=0.0, description="of those reached: a sale")
    margin: Money = Field(default=0.0, description="of one sale")


class AgentGroup(Labeled):
    """People with the same skills."""

    skills: tuple[SkillField, ...] = Field(description="the order is what a free agent takes first")
    policy: Literal["priority", "longest_wait", "weighted_wait"] = "priority"
    concurrency: Concurrency | None = Field(default=None, description="absent: one contact at a time")
    when_call_waits: Literal["no_new_chats", "ignore"] = Field(
        default="no_new_chats", description="blended groups: empty for the call | go on taking chats"
    )
    chat_fill: Literal["spread", "stack"] | None = Field(
        default=None, description="fewest in hand | most; absent: stack where the group also takes calls"
    )
    takes_only_if_free_above: Annotated[dict[str, Count], Frozen] | None = Field(
        default=None,
        description="contact type: taken only while more people are free, the freed one counted",
    )
    agents: AgentsField
    shrinkage: Shrinkage = Shrinkage()
    talk_spread: Amount = Field(default=0.0, description="between agents: sd of the log of speed, mean 1")
    newcomers: Newcomers | None = None
    attrition_per_year: Amount = Field(default=0.0, description="leavers per person; newcomers follow")
    cost_per_h: Money = Field(default=0.0, description="fully loaded cost of one paid hour")
    outsourced: Outsourced | None = Field(default=None, description="another firm's people, at its price")
    hire_cost: Money = Field(default=0.0, description="of replacing one leaver, before the first day")
    training_cost: Money = Field(default=0.0, description="of one newcomer")
    severance: Money = Field(default=0.0, description="of one person whom a design no longer needs")
    hours_per_week: HoursLong = Field(
        default=40.0, description="paid hours of one person: how many there are"
    )
    support: Support | None = None
    max_occupancy: ShareAboveZero | None = Field(
        default=None, description="caps live occupancy, over the finest periods of its types' service targets"
    )
    proactive: Proactive | None = Field(default=None, description="notices given in idle time")


class Assist(Table):
    """Agent assist: a tool that shortens talk or wrap-up of some groups."""

    groups: tuple[str, ...]
    talk_factor: Above = 1.0
    wrap_up_factor: Above = 1.0
    newcomer_talk_factor: Above | None = Field(
        default=None, description="in place of talk_factor on a newcomer's first day"
    )
    spread_factor: Amount = Field(default=1.0, description="multiplies talk_spread")
    resolution_gain: Gain = 0.0
    per_seat_month: Money = 0.0
