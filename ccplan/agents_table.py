"""The answer to `ccplan agents` as text for a terminal of 80 columns."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator

from ccplan.agents_answer import Answer, Row
from ccplan.agents_words import duration_text, limit_texts, missed_texts, people_text, percent, time_text

WIDTH = 79


def text_of(answer: Answer) -> str:
    """What was asked, the answer, the table, and what each number is."""
    parts = (_asked(answer), _answered(answer), _table(answer), _legend(answer), _assumptions(answer))
    return "\n\n".join("\n".join(part) for part in parts)


def missed_text(answer: Answer) -> str:
    """Why the given people miss the target, and how many would not."""
    had = ", ".join(missed_texts(answer.row, answer.question.awt_s))
    needed = answer.people_for_target
    miss = "misses" if answer.agents == 1 else "miss"
    return f"{people_text(answer.agents)} {miss} the target ({had}); {needed:,} would meet it"


def calls_text(answer: Answer) -> str:
    """Calls per interval, as given or found."""
    return f"{answer.calls:,.10g} calls per {duration_text(answer.question.per_s)}"


def _asked(answer: Answer) -> Iterator[str]:
    question = answer.question
    load = f"{duration_text(question.mean_handle_s)} each, {answer.offered_load_erl:,.1f} erlangs of work"
    if question.sought == "load":
        yield f"People    {answer.agents:,}, {duration_text(question.mean_handle_s)} a call"
    else:
        yield f"Load      {calls_text(answer)}, {load}"
    if question.sought == "service":
        yield f"People    {answer.agents:,}"
    if question.limits:
        yield from textwrap.wrap(
            "Target    " + "; ".join(limit_texts(question.limits)), WIDTH, subsequent_indent=" " * 10
        )
    if question.mean_patience_s is None:
        yield "Patience  endless: nobody abandons (no --patience given)"
    else:
        yield f"Patience  {duration_text(question.mean_patience_s)} on average"


def _answered(answer: Answer) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(_sentences(answer)), WIDTH)


def _sentences(answer: Answer) -> Iterator[str]:
    question, row = answer.question, answer.row
    if question.sought == "people":
        meet = "meets" if answer.agents == 1 else "meet"
        yield f"{people_text(answer.agents)} {meet} the target."
        fewer = next((other for other in answer.rows if other.agents == answer.agents - 1), None)
        if fewer is not None:
            yield f"One fewer misses it: {', '.join(missed_texts(fewer, question.awt_s))}."
    elif question.sought == "load":
        load = f"{answer.offered_load_erl:,.1f} erlangs of work"
        yield f"{people_text(answer.agents)} can carry up to {calls_text(answer)}, {load}, within the target."
    else:
        abandon = "" if question.mean_patience_s is None else f"; {percent(row.abandonment_rate)} abandon"
        within = f"{percent(row.service_level)} within {duration_text(question.awt_s)}"
        yield f"{people_text(answer.agents)} {'answers' if answer.agents == 1 else 'answer'} {within}{abandon}."
        if math.isinf(row.mean_wait_s):
            yield "There is at least as much work as people and nobody gives up: the queue grows without end."
        if question.limits and not row.missed:
            yield "The target is met."


def _table(answer: Answer) -> Iterator[str]:
    columns = [_cells(answer, row) for row in answer.rows]
    names = list(columns[0])
    heads = [name.split("|") for name in names]
    widths = [
        max(len(part) for part in [*head, *(cells[name] for cells in columns)])
        for head, name in zip(heads, names, strict=True)
    ]
    lines = [
        [head[0] for head in heads],
        [head[1] for head in heads],
        *([*cells.values()] for cells in columns),
    ]
    for line in lines:
        yield "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(answer: Answer, row: Row) -> dict[str, str]:
    """One row; the head of a column has two lines, parted by a bar."""
    question = answer.question
    mark = "> " if row.agents == answer.agents else ""
    cells = {
        "|people": f"{mark}{row.agents}",
        f"within|{duration_text(question.awt_s)}": percent(row.service_level),
        "aban-|doned": percent(row.abandonment_rate),
        "mean|wait": time_text(row.mean_wait_s),
        "wait of|answered": time_text(row.mean_answer_s),
        "had to|wait": percent(row.delay_rate),
        "occu-|pancy": percent(row.occupancy),
    }
    if question.mean_patience_s is None:
        del cells["aban-|doned"], cells["wait of|answered"]
    if row.cost_per_h is not None:
        cells["cost|per h"] = f"{row.cost_per_h:,.0f}"
    if question.limits:
        cells["|target"] = "missed" if row.missed else "met"
    return cells


def _legend(answer: Answer) -> Iterator[str]:
    question = answer.question
    meanings = {
        "people": "present and taking calls; breaks, training, absence come on top",
        f"within {duration_text(question.awt_s)}": "answered within it ÷ all offered (service level)",
        "abandoned": "gave up waiting ÷ all offered",
        "mean wait": "of all offered, those who gave up included",
        "of answered": "mean wait of those who were answered (ASA)",
        "had to wait": "not answered at once ÷ all offered",
        "occupancy": "time on calls ÷ time present",
        "cost per h": "people × cost of one hour present",
    }
    if question.mean_patience_s is None:
        del meanings["abandoned"], meanings["of answered"]
        meanings["mean wait"] = "of all offered (ASA, as all are answered)"
    if question.cost_per_h is None:
        del meanings["cost per h"]
    for name, meaning in meanings.items():
        yield f"{name:<14}{meaning}"


def _assumptions(answer: Answer) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(_slack_sentences(answer)), WIDTH)
    yield ""
    if answer.question.mean_patience_s is None:
        model, laws = "Erlang C (M/M/n)", "exponential handle times, everyone waits until answered"
    else:
        model, laws = "Erlang A (M/M/n+M)", "exponential handle times and patience"
    formula = (
        f"{model}: exact formula, no simulation. Assumes a steady state, Poisson arrivals at an even rate, "
        f"{laws}, one group that takes every call, first come first served."
    )
    yield from textwrap.wrap(formula, WIDTH)


def _slack_sentences(answer: Answer) -> Iterator[str]:
    spare = answer.agents - answer.offered_load_erl
    yield (
        f"Slack: {abs(spare):,.1f} people {'more' if spare >= 0.0 else 'fewer'} than the "
        f"{answer.offered_load_erl:,.1f} erlangs of work, {answer.slack:.2f} × its square root."
    )
    if answer.square_root_people is not None:
        yield (
            f"Square-root staffing, for as many who have to wait ({percent(answer.row.delay_rate)}): "
            f"{answer.square_root_people:,.1f} people."
        )
