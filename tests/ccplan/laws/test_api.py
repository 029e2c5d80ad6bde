"""Laws of the Python interface: answers carry what they are of, agree with themselves, and leave nothing behind."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

from ccplan import api
from scenarios import dump
from tests.ccplan.small import small_center

MORE_PEOPLE = {"agent_group.team.agents.present": 8}


@pytest.fixture(scope="module")
def run():
    return api.simulate(small_center(), replications=6, seed=3, intervals=True)


@pytest.fixture(scope="module")
def comparison():
    center = small_center()
    return api.compare([center, center.changed(MORE_PEOPLE)], replications=6)


def test_a_simulation_says_what_it_is_of(run):
    assert (run.scenario, run.seed, run.replications) == (small_center(), 3, 6)
    assert run.versions["python"] == sys.version.split()[0]
    assert "seed 3, 6 replications" in repr(run)


def test_values_are_those_of_the_rows(run):
    rows = {
        (r["measure"], r["scope"], r["name"], r["interval"]): r["value"] for r in run.rows(intervals=True)
    }
    assert run.value("service_level") == rows["service_level", "total", "", None]
    assert run.value("mean_wait_s", "contact_type", "ask") == rows["mean_wait_s", "contact_type", "ask", None]
    assert run.value("offered", interval=9) == rows["offered", "total", "", 9] > 0.0
    assert run.value("unmet_needs") == run.value("needs") - run.value("needs_met") > 0.0


def test_a_name_a_file_and_a_scenario_are_the_same_center(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(dump(small_center()), encoding="utf-8")
    assert api.load(file) == small_center()
    runs = [api.simulate(source, replications=2) for source in (file, str(file), small_center())]
    assert runs[0].rows() == runs[1].rows() == runs[2].rows()


def test_precision_is_reached_in_whole_steps():
    run = api.simulate(small_center(), precision=0.03)
    assert run.estimate("service_level").half_width <= 0.03
    assert run.replications % 10 == 0


def test_designs_meet_the_same_customers(comparison):
    """One more of each: other people, and not one customer more or fewer."""
    assert comparison.difference("fresh") == comparison.difference("fresh", "small-2")
    assert (comparison.difference("fresh").value, comparison.difference("fresh").half_width) == (0.0, 0.0)
    assert comparison.difference("service_level").value > 0.0


def test_a_difference_is_design_less_baseline(comparison):
    design = comparison.designs["small-2"]
    for measure in ("service_level", "mean_wait_s", "cost_total", "unmet_needs"):
        apart = design.value(measure) - comparison.baseline.value(measure)
        assert comparison.difference(measure).value == pytest.approx(apart, abs=1e-12)
    of_type = comparison.difference("mean_wait_s", scope="contact_type", name="ask").value
    assert of_type == pytest.approx(
        design.value("mean_wait_s", "contact_type", "ask")
        - comparison.baseline.value("mean_wait_s", "contact_type", "ask"),
        abs=1e-12,
    )


def test_deflection_is_zero_where_everybody_wants_a_person(comparison):
    assert comparison.deflection_rate().value == 0.0


def test_scenarios_of_one_name_are_numbered_and_stay_as_they_were():
    center = small_center()
    second = center.changed({"name": "small-2"})
    apart = api._named_apart([center, center, second, center])
    assert [one.name for one in apart] == ["small", "small-3", "small-2", "small-4"]
    assert [one.label for one in apart] == [
        "Small center",
        "Small center (3)",
        "Small center",
        "Small center (4)",
    ]
    assert center.name == "small"


def test_differences_are_as_precise_as_asked():
    center = small_center()
    found = api.compare([center, center.changed(MORE_PEOPLE)], precision=0.02)
    assert found.difference("service_level").half_width <= 0.02
    assert found.replications >= 20


def test_a_shipped_study_is_a_comparison(monkeypatch):
    """Only what is compared; simulating the bank is for other tests."""
    asked = []
    monkeypatch.setattr("ccplan.studying.StudyRunner.run_cases", lambda *given: asked.append(given) or ())
    study = api.compare("bank-bot").study
    assert study.baseline.name == "bank-1999"
    assert asked[0][3] == study.precision


def test_plan_stands_with_its_proof():
    center = small_center().changed({"agent_group.team.agents": "plan", "plan.kind": "constant"})
    plan = api.plan(center, replications=10)
    paid_h = plan.found.people["team"].sum()  # intervals of an hour, no shrinkage
    assert plan.paid_h == pytest.approx(paid_h)
    assert paid_h > 0.0
    assert plan.cost == pytest.approx(20.0 * paid_h)
    assert plan.lower_bound <= plan.cost
    assert plan.gap == pytest.approx((plan.cost - plan.lower_bound) / plan.cost)
    assert plan.holds == (not plan.misses)
    assert plan.confirmed.replications == 10
    again = api.simulate(plan.scenario, replications=10, intervals=True)
    assert again.value("service_level") == plan.confirmed.value("service_level")


def test_nothing_is_left_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    center = small_center()
    api.simulate(center, replications=2)
    api.compare([center, center.changed(MORE_PEOPLE)], replications=2)
    assert list(Path.cwd().iterdir()) == []


def test_pictures_are_drawn_on_the_axes_given(run, comparison):
    from matplotlib.figure import Figure

    for answer in (run, comparison):
        given = Figure().subplots()
        assert answer.figure("service_level", ax=given) is given
        assert given.get_xlabel() != ""


def test_the_picture_of_the_day_shows_the_open_hours(run):
    from matplotlib.figure import Figure

    line = run.figure("service_level", ax=Figure().subplots()).lines[0]
    assert list(line.get_xdata()) == [8.5, 9.5, 10.5, 11.5, 12.5, 13.5]
    assert line.get_ydata()[1] == pytest.approx(100.0 * run.value("service_level", interval=9))


def test_a_picture_without_axes_is_pyplots():
    """So a notebook shows it."""
    from matplotlib import pyplot

    before = len(pyplot.get_fignums())
    try:
        api.simulate(small_center(), replications=2).figure("mean_wait_s")
        assert len(pyplot.get_fignums()) == before + 1
    finally:
        pyplot.close("all")


def test_counts_of_the_day_are_per_day():
    """Two days alike: the offered of an hour are those of one day, not of both."""
    from matplotlib.figure import Figure

    two = api.simulate(small_center().changed({"calendar.days": 2}), replications=2, intervals=True)
    drawn = two.figure("offered", ax=Figure().subplots()).lines[0].get_ydata()
    assert math.fsum(drawn) == pytest.approx(two.value("offered") / 2)


def test_a_table_is_text_and_html(run, comparison):
    for answer in (run, comparison):
        table = answer.table()
        assert str(table) == repr(table)
        assert "Service level" in str(table)
        assert "Asking" in run.table()._repr_html_()
        assert table._repr_html_().count("<table>") == table._repr_html_().count("</table>") == 2


def test_html_is_escaped():
    run = api.simulate(small_center().changed({"label": "A < B & C"}), replications=2)
    assert "A &lt; B &amp; C" in run.table()._repr_html_()
    assert "A < B" not in run.table()._repr_html_()


def test_frames_hold_the_rows(run):
    pandas = pytest.importorskip(
        "pandas", reason="pandas is not installed; to_frame() is for those who have it"
    )
    frame = run.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.value.isna().sum() == sum(row["value"] is None for row in run.rows())


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import ccplan", ("numpy", "pydantic", "simpy", "scipy", "pyomo", "matplotlib")),
        ("import ccplan; ccplan.load('erlang-a')", ("numpy", "simpy", "scipy", "pyomo", "matplotlib")),
        ("from ccplan import answers", ("scipy", "pyomo", "matplotlib", "pandas")),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(statement, forbidden):
    program = f"{statement}\nimport sys\nprint(*(name for name in {forbidden!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_functions_stay_functions_after_the_commands_were_used():
    """A command's module must not take the place of the function of the same name."""
    program = (
        "import ccplan, ccplan.cli\n"
        "for name in ccplan.cli.COMMANDS: ccplan.cli.ccplan.get_command(None, name)\n"
        "print(*(callable(getattr(ccplan, name)) for name in ccplan.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 4
