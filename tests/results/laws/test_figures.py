"""Laws: figure functions draw on the axes they are given, name their axes, and give the same bytes twice."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from results.colors import colors_of
from results.figures import (
    plot_service_through_day,
    plot_waterfall,
    service_svg,
    waterfall_svg,
)
from results.plan_figures import plot_staffing
from tests.results.small_study import gathered


def test_given_axes_are_used_and_returned() -> None:
    plan = gathered().cases[1].plan
    assert plan is not None
    axes = Figure().subplots(3, 1)
    assert plot_waterfall(gathered().waterfalls[0], ax=axes[0]) is axes[0]
    assert plot_service_through_day(gathered().cases[0], 0.8, ax=axes[1]) is axes[1]
    assert plot_staffing(plan.groups[0], gathered().horizon, ax=axes[2]) is axes[2]


def test_units_are_on_the_axes() -> None:
    assert (
        plot_waterfall(gathered().waterfalls[0], "people").get_xlabel()
        == "people saved (40 paid hours a week each)"
    )
    assert plot_waterfall(gathered().waterfalls[0], "money", "EUR").get_xlabel() == "EUR saved a year"
    assert plot_service_through_day(gathered().cases[0]).get_ylabel() == "answered in time, %"


def test_a_bar_is_as_long_as_its_value() -> None:
    axes = plot_waterfall(gathered().waterfalls[0], "money")
    widths = [patch.get_width() for patch in axes.patches]  # type: ignore[attr-defined]
    assert widths == pytest.approx([bar.money.value for bar in gathered().waterfalls[0].bars])


def test_a_design_keeps_its_color_whoever_works() -> None:
    colors = colors_of(gathered())
    assert colors["design_planned:bot"] == colors["design_same_people:bot"]
    assert len({colors[case.key] for case in gathered().cases}) == 4


def test_same_bytes_twice() -> None:
    assert service_svg(gathered(), gathered().cases) == service_svg(gathered(), gathered().cases)
    assert waterfall_svg(gathered(), gathered().waterfalls[0]) == waterfall_svg(
        gathered(), gathered().waterfalls[0]
    )
