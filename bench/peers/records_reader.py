"""One reading of a file of calls, by our reader, or by polars or pandas in a few lines that do a part of its work.

The few lines read the same columns as text, make numbers and dates of them, leave out what the bank calls phantom,
and sort; they check nothing, count nothing, and break where a value is not what they expect.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.peers.measured import UnableError, memory_now_mb, peak_memory_mb

Totals = tuple[int, int, float]
"""Contacts, those answered, and seconds of talk: what every way must agree in."""
COLUMNS = [
    *("date", "type", "customer", "vru_entry", "vru_exit", "q_start", "q_time"),
    *("outcome", "ser_time", "agent"),
]


def by_us(path: Path) -> Totals:
    """The whole reader: every row checked, cleaned and counted."""
    import numpy as np

    from calibration.records.reading import read

    contacts = read(path, "bank-1999").contacts
    if contacts is None:
        raise UnableError("no contacts")
    return len(contacts), int(contacts.answered.sum()), float(np.nansum(contacts.talk_s))


def by_polars(path: Path) -> Totals:
    """A part of it in polars."""
    import polars as pl

    rows = pl.read_csv(path, columns=COLUMNS, infer_schema=False)
    rows = rows.filter((pl.col("outcome") != "PHANTOM") & (pl.col("type") != "AA"))
    exit_s = pl.col("vru_exit").cast(pl.Float64)
    answered = pl.col("outcome") == "AGENT"
    columns = rows.select(
        joined_s=pl.col("date").str.to_date("%Y-%m-%d").cast(pl.Int64) * 86_400.0 + exit_s,
        menu_s=exit_s - pl.col("vru_entry").cast(pl.Float64),
        waited_s=pl.when(pl.col("q_start") != "-1").then(pl.col("q_time").cast(pl.Float64)).otherwise(0.0),
        talk_s=pl.when(answered).then(pl.col("ser_time").cast(pl.Float64)),
        answered=answered,
        queue=pl.col("type").rank("dense"),
        agent=pl.col("agent").rank("dense"),
        customer=pl.col("customer").rank("dense"),
    ).sort("joined_s", maintain_order=True)
    arrays = {name: columns[name].to_numpy() for name in columns.columns}
    return len(arrays["joined_s"]), int(arrays["answered"].sum()), float(columns["talk_s"].sum())


def by_pandas(path: Path) -> Totals:
    """The same part in pandas."""
    import numpy as np

    try:
        import pandas as pd
    except ImportError:
        raise UnableError("pandas is not installed") from None

    rows = pd.read_csv(path, usecols=COLUMNS, dtype=str, keep_default_na=False)
    rows = rows[(rows["outcome"] != "PHANTOM") & (rows["type"] != "AA")]
    exit_s = rows["vru_exit"].astype("float64")
    days = pd.to_datetime(rows["date"], format="%Y-%m-%d").to_numpy().astype("datetime64[D]").astype("int64")
    answered = rows["outcome"] == "AGENT"
    columns = pd.DataFrame(
        {
            "joined_s": days * 86_400.0 + exit_s,
            "menu_s": exit_s - rows["vru_entry"].astype("float64"),
            "waited_s": np.where(rows["q_start"] != "-1", rows["q_time"].astype("float64"), 0.0),
            "talk_s": np.where(answered, rows["ser_time"].astype("float64"), np.nan),
            "answered": answered,
            "queue": rows["type"].astype("category").cat.codes,
            "agent": rows["agent"].astype("category").cat.codes,
            "customer": rows["customer"].astype("category").cat.codes,
        }
    ).sort_values("joined_s", kind="stable")
    return len(columns), int(columns["answered"].sum()), float(columns["talk_s"].sum())


WAYS: dict[str, Callable[[Path], Totals]] = {"ours": by_us, "polars": by_polars, "pandas": by_pandas}


def main(way: str, path: Path) -> None:
    """Read once, under the clocks, after the imports; one line of JSON."""
    small = path.with_suffix(".small")
    WAYS[way](small)  # imports everything that the reading needs
    before_mb, wall_s, cpu_s = memory_now_mb(), time.perf_counter(), time.process_time()
    totals = WAYS[way](path)
    wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
    figures = {"wall_s": wall_s, "cpu_s": cpu_s, "before_mb": before_mb, "peak_mb": peak_memory_mb()}
    print(json.dumps({"way": way, "totals": totals, **figures}))


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except UnableError as reason:
        print(json.dumps({"unable": str(reason)}))
        sys.exit(3)
