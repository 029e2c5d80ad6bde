"""The closed formulas of queueing theory: what simulation is tested against and searches start from.

It takes rates per second, mean times in seconds and numbers of people, as plain floats.
It gives exact steady-state measures (Erlang B, C and A), the people or the load that a target asks for, the offered
load of varying arrivals, square-root staffing, and the talk time that a selective bot leaves to people.
"""

from sim.theory.erlang_a import ErlangA
from sim.theory.erlang_b import erlang_b
from sim.theory.erlang_c import ErlangC, erlang_c
from sim.theory.offered_load import OfferedLoad, offered_load_erl, offered_load_of_law_erl
from sim.theory.selective_bot import lognormal_sigma, talk_factor_after_bot, talk_factor_of_contained
from sim.theory.service_time import ConstantService, ExponentialService, LognormalService, ServiceTime
from sim.theory.square_root import (
    beta_for_delay,
    garnett_delay,
    halfin_whitt_delay,
    normal_hazard,
    slack,
    square_root_staffing,
)
from sim.theory.targets import Queue, Target, UnreachableTarget
from sim.theory.triangle import (
    fitting_arrival_rate_per_s,
    queue_of,
    required_agents,
    required_agents_for_load,
)

__all__ = [
    "ConstantService",
    "ErlangA",
    "ErlangC",
    "ExponentialService",
    "LognormalService",
    "OfferedLoad",
    "Queue",
    "ServiceTime",
    "Target",
    "UnreachableTarget",
    "beta_for_delay",
    "erlang_b",
    "erlang_c",
    "fitting_arrival_rate_per_s",
    "garnett_delay",
    "halfin_whitt_delay",
    "lognormal_sigma",
    "normal_hazard",
    "offered_load_erl",
    "offered_load_of_law_erl",
    "queue_of",
    "required_agents",
    "required_agents_for_load",
    "slack",
    "square_root_staffing",
    "talk_factor_after_bot",
    "talk_factor_of_contained",
]
