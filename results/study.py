"""What a report knows: plain data gathered from runs and plans, kept as JSON; pictures and pages read nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from results.plain import from_json, to_json
from sim.chance.sample import Scheme
from sim.measures.estimates import NOTHING, Estimate

DAYS_PER_WEEK = 7.0
DAYS_PER_YEAR = 365.25

# single: a run on its own. as_is: the baseline with the people it has; as_is_planned: its people planned.
# design: with the people of its own file; design_planned: planned; design_same_people: with the baseline's people.
Role = Literal["single", "as_is", "as_is_planned", "design", "design_planned", "design_same_people"]


@dataclass(frozen=True)
class Span:
    """A value and how far it may lie off, below and above; None where nothing can be told."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Horizon:
    """The days that were simulated. `start` is an ISO date, or None: then day 0 is a Monday."""

    start: str | None
    days: int
    interval_min: int

    @property
    def per_day(self) -> float:
        """Factor from the horizon to a day."""
        return 1.0 / self.days

    @property
    def per_week(self) -> float:
        """Factor from the horizon to a week."""
        return DAYS_PER_WEEK / self.days

    @property
    def per_year(self) -> float:
        """Factor from the horizon to a year of weeks like it."""
        return DAYS_PER_YEAR / self.days

    @property
    def n_per_day(self) -> int:
        """Intervals of a day."""
        return 1440 // self.interval_min


@dataclass(frozen=True)
class TypeFigures:
    """Figures of one contact type over the horizon."""

    name: str
    label: str
    figures: dict[str, Estimate]


@dataclass(frozen=True)
class DayCurve:
    """Service by the time of day, all days together; intervals in which nobody called are left out.

    `offered` is per day of the horizon; service levels are ratios of sums over the days.
    """

    starts_min: tuple[int, ...]
    offered: tuple[float, ...]
    service_level: tuple[Estimate, ...]


@dataclass(frozen=True)
class ShiftRow:
    """People who work the same shift."""

    group: str
    start: str
    hours: float
    days: str
    people: int
    breaks: str


@dataclass(frozen=True)
class WeekRow:
    """People who work the same shifts of a week, from when to when by weekday ("mon" …)."""

    group: str
    people: int
    shifts: dict[str, str]


@dataclass(frozen=True)
class PlannedGroup:
    """One group, interval by interval of the horizon.

    `people` are present after breaks and shrinkage. `service_level` is of the contact types that the group takes.
    """

    name: str
    label: str
    requirement: tuple[int, ...]
    people: tuple[float, ...]
    offered: tuple[float, ...]
    service_level: tuple[Estimate, ...]


@dataclass(frozen=True)
class PlanData:
    """A confirmed plan. Cost, bound and hours are over the horizon; gap = (cost − lower bound) ÷ cost.

    lower_bound, gap: None where nothing is proven. weeks: of people whose rest is planned. notes: what must be known.
    """

    status: str
    cost: float
    lower_bound: float | None
    gap: float | None
    paid_h: float
    holds: bool
    misses: tuple[str, ...]
    iterations: int
    seconds: float
    seed: int
    replications: int
    shifts: tuple[ShiftRow, ...]
    groups: tuple[PlannedGroup, ...]
    method: str = "in_turn"
    is_cut_short: bool = False
    weeks: tuple[WeekRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pain:
    """What an hour of the day does to the customers of a contact type, over the horizon; needs by first contact.

    Where intervals are longer than an hour, it is what an interval does.
    """

    label: str
    from_min: int
    effort: Estimate
    satisfaction: Estimate
    unmet: Estimate
    lost: Estimate  # customers expected to leave: the sum of churn risks


@dataclass(frozen=True)
class CaseData:
    """One center as simulated. Figures are over the horizon; `differences` are paired, against `reference`."""

    key: str
    role: Role
    label: str
    scenario: str
    summary: str
    digest: str
    seed: int
    replications: int
    contacts: int
    figures: dict[str, Estimate]
    by_type: tuple[TypeFigures, ...]
    reference: str | None = None
    differences: dict[str, Estimate] | None = None
    day: DayCurve | None = None
    plan: PlanData | None = None
    scheme: Scheme = "independent"
    pains: tuple[Pain, ...] = ()
    induced: str = ""  # how demand followed the waits, in words


@dataclass(frozen=True)
class Decision:
    """What a design is worth beside its reference, a year of weeks like the simulated ones.

    `saving_span` adds the plans' gaps to the chance in `saving`. `price` = saving ÷ more unmet needs, None where
    the interval of the latter holds 0.
    """

    case: str
    label: str
    reference: str
    saving: Estimate
    saving_span: Span
    more_unmet: Estimate
    price: Estimate | None
    one_off: float
    planned: bool
    missed_by: tuple[str, ...]
    in_time: Estimate = NOTHING  # change of the share of deferred work done in time


@dataclass(frozen=True)
class Bar:
    """A bar of the waterfall: a level, or a step from the last level. Hours paid a week, and money a year."""

    key: str
    kind: Literal["level", "step"]
    paid_h: Span
    money: Span


@dataclass(frozen=True)
class Variant:
    """The design with only some of its effects, with people enough for everybody at once; figures a week."""

    key: str
    contacts: Estimate
    mean_handle_s: Estimate
    work_h: Estimate


@dataclass(frozen=True)
class Waterfall:
    """From the claim on a slide to what is saved, for one design."""

    case: str
    label: str
    claim_share: Estimate
    baseline_paid_h: float
    design_paid_h: float
    bars: tuple[Bar, ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class SourceRow:
    """Where a figure of a scenario comes from. `source` None: the file names none, so it is assumed."""

    scenario: str
    key: str
    value: str
    source: str | None
    grade: str | None
    url: str | None
    assumed: bool


@dataclass(frozen=True)
class Assumption:
    """A coefficient of the experience model, by the label of each scenario that has one."""

    key: str
    values: dict[str, str]


@dataclass(frozen=True)
class StudyData:
    """Everything that a report says. `target` is the share and the wait promised, where all types agree on it."""

    title: str
    name: str
    summary: str
    currency: str
    horizon: Horizon
    targets: tuple[str, ...]
    target_share: float | None
    cases: tuple[CaseData, ...]
    decisions: tuple[Decision, ...] = ()
    waterfalls: tuple[Waterfall, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    version: int = 1

    def to_json(self) -> str:
        """JSON text from which the same data can be built again."""
        return to_json(self)

    @staticmethod
    def from_json(text: str) -> StudyData:
        """The data that `to_json` wrote."""
        return from_json(StudyData, text)

    @property
    def tells_days(self) -> bool:
        """Whether hours and money are told by the day: a plan of a single day is nobody's week."""
        return self.horizon.days == 1 and any(case.plan is not None for case in self.cases)

    def case(self, key: str) -> CaseData:
        """The case with this key."""
        return next(case for case in self.cases if case.key == key)

    def of_roles(self, *roles: Role) -> tuple[CaseData, ...]:
        """The cases with these roles, in order."""
        return tuple(case for case in self.cases if case.role in roles)
