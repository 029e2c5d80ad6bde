"""The state of one replication in the readable engine: who is where, what has happened, and the clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.center.clock import Action, Clock
from sim.center.contact import Contact, Need
from sim.center.floor import Queue, Team
from sim.center.fresh import SolvedAtOnce
from sim.chance.sample import Sample
from sim.codes import Origin, Outcome, SpellKind
from sim.records.records import Spell
from sim.world.rates import Steps, daily_steps
from sim.world.world import World

if TYPE_CHECKING:
    from sim.center.own_routing import Routing


class BotState:
    """A bot's sessions under way, and the outages, which may overlap."""

    def __init__(self) -> None:
        self.sessions: dict[Contact, None] = {}
        self.n_outages = 0


class Return(NamedTuple):
    """A customer who will contact again, or be transferred: about which need, as what, and past the bot or not."""

    need: Need
    as_type: int
    origin: Origin
    talk_factor: float = 1.0
    skip_bot: bool = True
    chases: bool = False
    attempt: int = -1  # of the need, given when the moment is known


class Center:
    """One replication of a world. Every event is on the clock, with its turn among those of the same instant."""

    def __init__(self, world: World, sample: Sample, on_return: Action, routing: Routing) -> None:
        self.world = world
        self.sample = sample
        self.on_return = on_return  # a customer who is back: how the end of the journey finds its beginning
        self.routing = routing
        self.clock = Clock(initial_time=world.starts_s)
        self.teams = [Team(group) for group in world.groups]
        self.queues = [Queue() for _ in world.types]
        self.bots = [BotState() for _ in world.bots]
        self.open = world.hours.is_open(world.starts_s)
        self.lines_in_use = 0
        self.counted_under_way = 0
        self.needs: list[Need] = []
        self.contacts: list[Contact] = []
        self.solved_at_once: list[SolvedAtOnce] = []
        self.spells: list[Spell] = []
        self.fresh: list[Iterator[Contact]] = [iter(()) for _ in world.types]
        self.spared = [0] * len(world.types)  # contacts yet to come that notices have made needless
        self.steps: dict[tuple[int, int], Steps] = {}  # kept, as rates are the same for all returns of a day

    @property
    def now_s(self) -> float:
        """Seconds of the horizon; before it, negative."""
        return self.clock.now

    def at(self, time_s: float, order: tuple[int, ...], action: Action, what: Any = None) -> None:
        """Let `action(center, what)` happen at this time."""
        self.clock.at(time_s, order, action, self, what)


def steps_of(c: Center, type_index: int, day: int) -> Steps:
    """What a type expects through a day."""
    key = (type_index, day)
    if key not in c.steps:
        c.steps[key] = daily_steps(c.world.scenario, c.world.types[type_index].name, day)
    return c.steps[key]


def note(c: Center, kind: SpellKind, whose: int, start_s: float, end_s: float | None = None) -> None:
    """A spell of time that no contact's own row tells; it ends now, unless said otherwise."""
    c.spells.append(Spell(kind, whose, start_s, c.now_s if end_s is None else end_s))


def ends(c: Center, contact: Contact, outcome: Outcome) -> None:
    """An attempt is over."""
    contact.outcome = outcome
    contact.ended_s = c.now_s
    c.counted_under_way -= is_counted(c, contact)


def is_counted(c: Center, contact: Contact) -> bool:
    """Whether the attempt belongs to the counted horizon."""
    return 0.0 <= contact.arrived_s < c.world.horizon_s
