"""Writes the shipped sample, simulated records of a center whose figures are known.

`python -m calibration.sample_records`
The calls are in the columns of the mapping `calls`; the staffing file says who was there by half hour.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from calibration.records.contacts import Contacts, Outcome
from calibration.simulated import simulated_contacts
from scenarios import Scenario, load

CENTER = "known-center"
CATALOG = Path(__file__).resolve().parent.parent / "scenarios" / "catalog"
CALLS, STAFFING = f"{CENTER}-calls.csv.gz", f"{CENTER}-staffing.csv.gz"
SEED = 1
COLUMNS = "queue,joined_at,waited_s,outcome,talk_s,wrap_up_s,agent,customer"


def main(folder: Path = CATALOG) -> None:
    """Simulates the center once and writes both files; the same center gives the same bytes."""
    center = load(CENTER)
    _write(folder / CALLS, call_lines(simulated_contacts(center, SEED)))
    _write(folder / STAFFING, staffing_lines(center))


def call_lines(contacts: Contacts) -> Iterator[str]:
    """A line for each contact, under the line of names."""
    yield COLUMNS
    midnight = datetime.combine(contacts.first_day, datetime.min.time())
    for i in range(len(contacts)):
        answered = contacts.outcome[i] == Outcome.ANSWERED
        fields = (
            contacts.queues[contacts.queue[i]],
            (midnight + timedelta(seconds=float(contacts.joined_s[i]))).isoformat(),
            f"{contacts.waited_s[i]:.0f}",
            Outcome(contacts.outcome[i]).name.lower(),
            f"{contacts.talk_s[i]:.0f}" if answered else "",
            f"{contacts.wrap_up_s[i]:.0f}" if answered else "",
            contacts.agents[contacts.agent[i]] if contacts.agent[i] >= 0 else "",
            f"C{contacts.customer[i]:05d}",
        )
        yield ",".join(fields)


def staffing_lines(center: Scenario) -> Iterator[str]:
    """People present in each open interval, all groups together."""
    yield "interval_start,agents_present"
    calendar = center.calendar
    present = sum(group.agents.present or 0 for group in center.agent_group.values())
    midnight = datetime.combine(calendar.start or datetime(2026, 1, 5).date(), datetime.min.time())
    for day in range(calendar.days):
        for opens, closes in calendar.open_spans_s(day):
            for start_s in np.arange(opens, closes, calendar.interval_s):
                moment = midnight + timedelta(days=day, seconds=float(start_s))
                yield f"{moment:%Y-%m-%dT%H:%M},{present}"


def _write(file: Path, lines: Iterator[str]) -> None:
    text = "\n".join(lines) + "\n"
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
