"""What the Python interface answers with: a simulation, a comparison, a confirmed plan.

Each shows itself as a table, gives single figures with their intervals, rows for other programs, and pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ccplan.figures_by_name import Measured, figure_of, require_measure, require_name
from ccplan.showing import Table, comparison_shown, frame_of, plan_shown, simulation_shown
from results.compare import comparison_rows
from results.derived import change_of, series_of
from results.gathering import gather_study
from results.planned import Planned
from results.store import manifest_of
from sim.cells import Scope
from sim.estimates import Estimate
from sim.paired import deflection_rate, difference
from sim.result import Result
