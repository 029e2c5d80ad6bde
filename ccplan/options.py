"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sim.chance.sample import Scheme

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def size_options(command: Decorated) -> Decorated:
    """How much to simulate, and with which seed."""
    options = (
        click.option(
            "--replications",
            type=click.IntRange(min=1),
            metavar="N",
            help="How many, and no more or less.",
        ),
        click.option(
            "--precision",
            type=click.FloatRange(0.0, 1.0, min_open=True, max_open=True),
            metavar="X",
            help="Go on until the service level's half-width is at most X (0.005: half a point).",
        ),
        seed_option,
    )
    return _with(command, options)


def execution_options(command: Decorated) -> Decorated:
    """Which engine, and how many workers."""
    options = (
        click.option(
            "--engine",
            type=click.Choice(["compiled", "simpy"]),
            default="compiled",
            show_default=True,
            help="The fast engine, or the readable one: both give the same contact log.",
        ),
        workers_option,
    )
    return _with(command, options)


def scheme_options(command: Decorated) -> Decorated:
    """Draws that make averages over replications steadier."""
    options = (
        click.option(
            "--antithetic",
            is_flag=True,
            help="Replications in pairs that draw u and 1 − u; intervals over pairs.",
        ),
        click.option(
            "--stratify",
            is_flag=True,
            help="Blocks of ten replications with a day of every tenth of busyness; intervals over blocks.",
        ),
    )
    return _with(command, options)


def scheme_of(antithetic: bool, stratify: bool, replications: int | None) -> Scheme:
    """The scheme that is asked for; fault where both are, or where pairs or blocks would be cut."""
    require_apart({"--antithetic": antithetic or None, "--stratify": stratify or None})
    from sim.chance.sample import GROUP_SIZE

    scheme: Scheme = "antithetic" if antithetic else "stratified" if stratify else "independent"
    size = GROUP_SIZE[scheme]
    if replications is not None and replications % size:
        option = "--antithetic" if antithetic else "--stratify"
        raise click.UsageError(
            f"--replications: got {replications}, expected a multiple of {size} with {option}"
        )
    return scheme


def usual_replications(scheme: Scheme) -> int:
    """How many replications are run where nothing is said: ten independent observations at the least."""
    return 100 if scheme == "stratified" else 20


def output_options(command: Decorated) -> Decorated:
    """Where results go."""
    options = (
        click.option(
            "--json", "json_to", metavar="FILE", help="Figures as JSON; - is standard output, alone."
        ),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            metavar="DIR",
            help="The run folder.  [default: runs/NAME-SEED]",
        ),
    )
    return _with(command, options)


seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of all draws."
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Workers at once; results are the same.  [default: cores]",
)


def require_one_size(replications: int | None, precision: float | None) -> None:
    """Fault where both a number and a precision are asked for."""
    require_apart({"--replications": replications, "--precision": precision})


def require_apart(options: Mapping[str, object | None]) -> None:
    """Fault where more than one of these is given."""
    given = [name for name, value in options.items() if value is not None]
    if len(given) > 1:
        raise click.UsageError(f"{given[0]} and {given[1]}: got both, expected one of them")


def _with(command: Decorated, options: tuple[Callable[[Decorated], Decorated], ...]) -> Decorated:
    for option in reversed(options):
        command = option(command)
    return command
