"""Who is measured: each peer with a sentence on what it is, and how many contacts take it two to five seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """One row of the tables. `module` is run as `python -m`, with `words` after the seed; None is the C program."""

    name: str
    title: str
    about: str
    contacts: int
    module: str | None
    package: str | None = None
    words: tuple[str, ...] = ()


C = Peer(
    "c",
    "C, gcc -O3",
    "`bench/peers/center.c`: a binary heap of events, contacts in a recycled pool, linked queues with abandonment, "
    "xoshiro256++ and −log u. Any number of types and groups, nothing else of our model.",
    15_000_000,
    None,
)
COMPILED = Peer(
    "compiled",
    "ours, compiled engine",
    "The whole model of this project in numba, one thread, measures and all; the default.",
    10_000_000,
    "bench.peers.ours",
    "numba",
    ("compiled",),
)
SIMPY = Peer(
    "simpy",
    "ours, SimPy engine",
    "The same model written to be read, on SimPy's event clock; the specification.",
    150_000,
    "bench.peers.ours",
    "simpy",
    ("simpy",),
)
TEXTBOOK = Peer(
    "textbook",
    "SimPy, textbook",
    "A process a customer, resources, `request | timeout` for patience, as SimPy's documentation has it.",
    100_000,
    "bench.peers.textbook_simpy",
    "simpy",
)
CALLBACK = Peer(
    "callback",
    "SimPy, callbacks",
    "Timeouts with callbacks and queues of our own, no processes: SimPy's fastest form.",
    600_000,
    "bench.peers.callback_simpy",
    "simpy",
)
CIW = Peer(
    "ciw",
    "Ciw",
    "A library for queueing networks: reneging distributions, priority classes; two groups before one queue by a "
    "node of our own, which its documentation provides for.",
    50_000,
    "bench.peers.ciw_network",
    "ciw",
)
CIMBA = Peer(
    "cimba",
    "Cimba",
    "Coroutines and a hash-heap of events in C and assembly, driven from Python classes that numba compiles.",
    1_000_000,
    "bench.peers.cimba_model",
    "cimba",
)
PEERS = (C, COMPILED, SIMPY, TEXTBOOK, CALLBACK, CIW, CIMBA)
