"""Every interval of a validation as CSV: a line an interval, history, model and limits of each measure."""

from __future__ import annotations

import csv
import io

from calibration.validating.validation import Validation

MEASURES = ("offered", "abandonment_rate", "mean_wait_s", "service_level", "occupancy")
SIDES = ("observed", "predicted", "low", "high")


def intervals_csv(found: Validation) -> str:
    """Columns: interval, then each measure's observed, predicted, low and high (90 % limits of one history)."""
    table = {(one.name, one.measure): one for one in found.rows if one.scope == "interval"}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["interval_start", *(f"{measure}_{side}" for measure in MEASURES for side in SIDES)])
    for name in dict.fromkeys(name for name, _ in table):
        cells = [getattr(table[name, measure], side) for measure in MEASURES for side in SIDES]
        writer.writerow([name, *("" if cell is None else f"{cell:.6g}" for cell in cells)])
    return text.getvalue()
