"""`ccplan agents`: the queueing triangle. Any two of load, people and service give the third."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from ccplan.agents_options import question_of, refuse
from ccplan.exits import TargetUnreachable

EXAMPLES = """\b
Examples:
  How many people?
    ccplan agents --calls 300 --aht 6min --target 80/20 --patience 2min
  What service do 58 give?
    ccplan agents --calls 300 --aht 6min --agents 58 --patience 2min
  How many calls fit?
    ccplan agents --agents 62 --aht 6min --target 80/20 --patience 2min
"""

# Unknown options are let through, so that they are reported together with all other faults.
SETTINGS = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.command(
    "agents", context_settings=SETTINGS, epilog=EXAMPLES, short_help="How many people, from a formula."
)
@click.option("--calls", metavar="N", help="The load: calls offered in each --per.")
@click.option(
    "--per", metavar="TIME", default="30min", show_default=True, help="The time in which they come."
)
@click.option("--aht", metavar="TIME", help="Mean handle time of a call: talk, hold and wrap-up.")
@click.option("--agents", metavar="N", help="The people present and taking calls.")
@click.option(
    "--target", metavar="X/T", help="The service: 80/20 is 80 % of all offered answered within 20 s."
)
@click.option("--max-abandonment", metavar="SHARE", help="Service: abandoned ÷ offered at most (0.05 or 5%).")
@click.option("--max-mean-wait", metavar="TIME", help="Service: mean wait of all offered at most.")
@click.option("--max-delay-rate", metavar="SHARE", help="Service: not answered at once ÷ offered at most.")
@click.option("--max-occupancy", metavar="SHARE", help="Service: time on calls ÷ time present at most.")
@click.option("--min-answer-rate", metavar="SHARE", help="Service: answered ÷ offered at least.")
@click.option("--patience", metavar="TIME", help="Mean patience; without it nobody ever gives up (Erlang C).")
@click.option(
    "--awt", metavar="TIME", help="The time of the service level where there is no --target.  [default: 20s]"
)
@click.option("--cost-per-h", metavar="MONEY", help="Cost of one person for an hour present; adds a column.")
@click.option(
    "--json", "json_to", metavar="FILE", help="Write the figures as JSON; - is standard output, alone."
)
@click.pass_context
def agents(context: click.Context, /, json_to: str | None, **options: str | None) -> None:
    """How many people, what service, or how many calls: two of the three give the third.

    Load is --calls, --per and --aht; people is --agents; service is --target and the limits. Exact formulas
    (Erlang A with --patience, else Erlang C), no file needed. Times: 360, 360s, 6min, 1h.
    """
    question = question_of(options, context.args)
    # The formulas need NumPy; help and refusals do not.
    from ccplan.agents_answer import answer_of, as_json
    from ccplan.agents_table import missed_text, text_of

    answer = answer_of(question)
    if json_to is not None:
        _write_json(as_json(answer), json_to)
    if json_to != "-":
        click.echo(text_of(answer))
    if answer.row.missed:
        raise TargetUnreachable(missed_text(answer))


def _write_json(figures: Mapping[str, object], json_to: str) -> None:
    import json

    text = json.dumps(figures, indent=2, allow_nan=False)
    if json_to == "-":
        click.echo(text)
        return
    try:
        Path(json_to).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        refuse(
            [("--json", f"cannot write '{json_to}'", "a file in a folder that exists", error.strerror or "")]
        )
