"""Laws of a calibration's page: it stands alone, shows what the data have, and leaves out what they have not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from results.calibration_data import CalibrationData
from results.calibration_figures import (
    plot_day_factors,
    plot_hazard,
    plot_profile,
    plot_quantiles,
    plot_survival,
)
from results.calibration_page import calibration_html, sections_of
from tests.results.small_calibration import page_data


def test_page_stands_alone_and_is_the_same_each_time() -> None:
    html = calibration_html(page_data())
    assert html == calibration_html(page_data())
    assert "http" not in html.replace("http://www.w3.org", "")
    assert "mathdefault" not in html
    assert html.count("<svg") == 5


def test_page_says_what_is_uncertain_assumed_and_left_out() -> None:
    html = calibration_html(replace(page_data(), talk=(), patience=(), spread=None))
    for told in (
        "204<br>0.95",
        "1.2",
        "5,000",
        "agent_group.team.cost_per_h",
        "a hole",
        "phantom",
    ):
        assert told in html


def test_sections_without_data_are_left_out() -> None:
    full = page_data()
    keys = [section.key for section in sections_of(full)]
    assert keys == [
        "arrivals",
        "busy",
        "talk",
        "patience",
        "people",
        "figures",
        "assumed",
        "apart",
        "left_out",
    ]
    assert sections_of(CalibrationData(full.name, full.title, full.summary, full.facts)) == ()


def test_pictures_show_the_data() -> None:
    data = page_data()
    assert data.spread is not None
    profile = plot_profile(data.profiles[0])
    assert np.array_equal(np.asarray(profile.lines[0].get_ydata()), data.profiles[0].mean)
    days = plot_day_factors(data.spread)
    assert [len(np.asarray(line.get_xdata())) for line in days.lines[1:]] == [82, 2]
    quantiles = plot_quantiles(data.talk[0])
    assert quantiles.get_xscale() == quantiles.get_yscale() == "log"
    naive = plot_survival(data.patience[0]).lines[-1]
    assert np.asarray(naive.get_ydata())[6] == pytest.approx(100 * np.exp(-1.0))
    assert plot_hazard(data.patience[0]).get_ylim()[0] == 0.0
