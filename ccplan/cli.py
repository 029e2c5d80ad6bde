"""The command line: commands by name, each loaded only when it is called, and the exit code of every ending."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from ccplan.exits import (
    EXIT_DONE,
    EXIT_FAULTY,
    EXIT_INTERRUPTED,
    EXIT_OUR_FAULT,
    EXIT_UNREACHABLE,
    CutShort,
    NothingKept,
    TargetUnreachable,
)

# name: (module, attribute, help). The help stands here so that `ccplan --help` loads nothing else.
COMMANDS = {
    "agents": ("ccplan.agents", "agents", "How many people? Load, people, service: two give the third."),
    "demo": ("ccplan.demo", "demo", "Study bank-bot, from scenario to report."),
    "list": ("ccplan.commands_scenarios", "list_", "The shipped scenarios and studies."),
    "show": ("ccplan.commands_scenarios", "show", "One scenario or study, resolved."),
    "check": ("ccplan.commands_scenarios", "check", "All faults of a file at once, or ok."),
    "simulate": ("ccplan.command_simulate", "simulate", "What customers get from a scenario."),
    "compare": ("ccplan.command_compare", "compare", "Designs against a baseline, on the same customers."),
    "plan": ("ccplan.command_plan", "plan", "Requirement, shifts, confirmed by simulation."),
    "decide": ("ccplan.command_decide", "decide", "Which design, together with its people."),
    "calibrate": ("ccplan.command_calibrate", "calibrate", "A scenario from a center's own records."),
    "forecast": ("ccplan.command_forecast", "forecast", "The coming weeks' contacts, from your own records."),
    "validate": ("ccplan.command_validate", "validate", "A scenario held against a center's own history."),
    "report": ("ccplan.report", "report", "The report of a run folder, as one HTML file."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name gets the nearest valid one."""
        from difflib import get_close_matches

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            close = get_close_matches(name, COMMANDS, n=1)
            hint = f"; did you mean '{close[0]}'?" if close else f"; the commands are {', '.join(COMMANDS)}"
            ctx.fail(f"'{name}' is not a command{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="contact-center-planner", prog_name="ccplan")
def ccplan() -> None:
    """Plan a contact center before it is built: what customers get, how many people it takes, what it costs."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing ends in a traceback."""
    try:
        ccplan.main(
            args=None if arguments is None else list(arguments), prog_name="ccplan", standalone_mode=False
        )
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nothing more can be said
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; what was finished is kept: the same command goes on from there")
        return EXIT_INTERRUPTED
    except Exception as error:
        return _ending_of(error)
    return EXIT_DONE


def _ending_of(error: Exception) -> int:
    """Say what went wrong, and give the exit code that says whose it is."""
    from scenarios.faults import FaultyInput  # only now: commands without files do without it

    if isinstance(error, FaultyInput):
        _say(*map(str, error.faults))
        return EXIT_FAULTY
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_FAULTY
    if isinstance(error, TargetUnreachable):
        _say(str(error))
        return EXIT_UNREACHABLE
    if isinstance(error, NothingKept | CutShort):
        _say(f"interrupted; {error}")
        return EXIT_INTERRUPTED
    return _our_fault(error)


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line, err=True)


def _our_fault(error: Exception) -> int:
    """One line for the user, the rest in a crash file."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="ccplan-crash-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    _say(f"ccplan: a fault of ours: {error!r}; details are in {file.name}")
    return EXIT_OUR_FAULT


def main() -> None:
    """The entry point of the `ccplan` command."""
    sys.exit(run())
