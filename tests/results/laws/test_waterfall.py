"""Laws: the waterfall's bars add up, hold their values, and vanish where their effect does."""

from __future__ import annotations

from itertools import pairwise

import pytest

from results.study import Bar, Span
from results.variants import Workloads, variants_of
from results.waterfall import waterfall_of
from scenarios import Scenario
from sim.enough_people import with_people
from sim.measures.result import Result
from tests.results.small_study import gathered, runs, scenario, simulate, study

UNITS = ("paid_h", "money")
VARIANTS = ("solved", "returns", "selective", "handed_over")


def span(bar: Bar, unit: str) -> Span:
    found: Span = getattr(bar, unit)
    return found


@pytest.mark.parametrize("design", [0, 1])
@pytest.mark.parametrize("unit", UNITS)
def test_steps_lead_from_each_level_to_the_next(design: int, unit: str) -> None:
    waterfall = gathered().waterfalls[design]
    height = 0.0
    for bar in waterfall.bars:
        value = span(bar, unit).value
        if bar.kind == "level" and bar.key != "claim":
            assert height == pytest.approx(value, abs=1e-6)
        height = value if bar.kind == "level" else height + value


@pytest.mark.parametrize("design", [0, 1])
@pytest.mark.parametrize("unit", UNITS)
def test_every_bar_lies_in_its_interval(design: int, unit: str) -> None:
    waterfall = gathered().waterfalls[design]
    for bar in waterfall.bars:
        found = span(bar, unit)
        assert found.low is not None
        assert found.high is not None
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_what_is_saved_is_what_the_cases_differ_in() -> None:
    data = gathered()
    for waterfall in data.waterfalls:
        differences = data.case(waterfall.case).differences or {}
        saved, net = (next(bar for bar in waterfall.bars if bar.key == key) for key in ("saved", "net"))
        labor, total = (differences[m].value for m in ("cost_labor", "cost_total"))
        assert labor is not None
        assert total is not None
        assert saved.money.value == pytest.approx(-labor * data.horizon.per_year)
        assert net.money.value == pytest.approx(-total * data.horizon.per_year)
        assert waterfall.baseline_paid_h - waterfall.design_paid_h == pytest.approx(saved.paid_h.value)


def test_the_claim_counts_what_is_closed_or_left() -> None:
    """45 of 100 calls that enter do not reach a person; every fresh call enters, nobody else does."""
    claim = gathered().waterfalls[0].claim_share
    baseline = Workloads(simulate).of(study().baseline)
    fresh, offered = baseline.value("fresh"), baseline.value("offered")
    assert claim.value is not None
    assert claim.half_width is not None
    # Five replications of some 900 calls; t at 4 degrees 8.6 gives a false alarm in a thousand, 2.776 the half-width.
    assert claim.value == pytest.approx(0.45 * fresh / offered, abs=8.6 / 2.776 * claim.half_width)


def test_the_same_center_is_simulated_once() -> None:
    asked: list[Scenario] = []

    def counting(center: Scenario) -> Result:
        asked.append(center)
        return simulate(center)

    workloads = Workloads(counting)
    bot, assisted = study().designs
    first = [workloads.of(variant) for variant in variants_of(bot, study().baseline).values()]
    n_asked = len(asked)
    again = [workloads.of(variant) for variant in variants_of(assisted, study().baseline).values()]
    assert n_asked == 4  # without assist the last variant is the one before
    assert len(asked) == 5
    assert first[:3] == again[:3]


def test_nobody_waits_in_any_variant() -> None:
    workloads = Workloads(simulate)
    for variant in variants_of(study().designs[0], study().baseline).values():
        assert workloads.of(variant).value("delay_rate") == 0.0


def test_people_are_doubled_until_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.variants.ample_people", lambda _: 1)
    result = Workloads(simulate).of(scenario("short"))
    assert result.value("delay_rate") == 0.0
    assert (result.scenario.agent_group["team"].agents.present or 0) > 8


def test_a_bot_that_closes_everything_rightly_loses_nothing_but_whole_people() -> None:
    """Without wrong closing, leaving, selectivity, hand-over and assist these steps are exactly nothing."""
    kind = {
        "menu": {"contact_type": {"call": {"of_100": {"solved": 40, "handed_over": 60}, "session_s": 60}}},
    }
    small = study()
    design = scenario("kind", bot=kind)
    workloads = Workloads(simulate)
    results = {key: workloads.of(variant) for key, variant in variants_of(design, small.baseline).items()}
    planned = next(run for run in runs() if run.case.role == "design_planned")
    reference = next(run for run in runs() if run.case.role == "as_is_planned")
    bars = waterfall_of(planned, reference, workloads.of(small.baseline), results).bars
    for key in ("returns", "selectivity", "handover", "assist"):
        bar = next(bar for bar in bars if bar.key == key)
        assert bar.paid_h == Span(0.0, 0.0, 0.0)


def test_variants_differ_from_the_design_only_in_what_they_say() -> None:
    design, baseline = study().designs[1], study().baseline
    variants = variants_of(design, baseline)
    bot = {key: variant.bot["menu"] for key, variant in variants.items()}
    part = {key: found.contact_type["call"] for key, found in bot.items()}
    assert part["solved"].of_100.model_dump() == {
        "solved": 45,
        "wrongly_closed": 0,
        "handed_over": 55,
        "left": 0,
    }
    assert (
        part["returns"].of_100 == part["selective"].of_100 == design.bot["menu"].contact_type["call"].of_100
    )
    assert [bot[key].selectivity for key in variants] == [0.0, 0.0, 0.5, 0.5, 0.5]
    assert [part[key].handover.talk_factor for key in variants] == [1.0, 1.0, 1.0, 1.1, 1.1]
    assert [variant.assist is None for variant in variants.values()] == [True, True, True, True, False]
    assert variants["assisted"] == design


def test_ample_people_have_lines_without_limit() -> None:
    limited = scenario("limited", lines={"n": 3})
    assert with_people(limited, 90).lines is None


def test_each_step_is_the_change_in_work() -> None:
    """In paid hours: the baseline plan's hours × (work before − work after) ÷ the baseline's work."""
    for waterfall in gathered().waterfalls:
        work = {variant.key: variant.work_h.value or 0.0 for variant in waterfall.variants}
        steps = {bar.key: bar.paid_h.value for bar in waterfall.bars if bar.kind == "step"}
        for (before, after), step in zip(
            pairwise(VARIANTS), ("returns", "selectivity", "handover"), strict=True
        ):
            change = waterfall.baseline_paid_h * (work[before] - work[after]) / work["baseline"]
            assert steps[step] == pytest.approx(change)
        assert steps["returns"] < 0.0
        assert steps["selectivity"] < 0.0


def test_the_claim_counts_only_what_the_baselines_bot_does_not_keep_already() -> None:
    """Of 100 calls the old menu solves 20 and loses 10, the new one keeps 45: 15 fewer for people."""
    menu = {
        "contact_type": {"call": {"of_100": {"solved": 20, "handed_over": 70, "left": 10}, "session_s": 9}}
    }
    before = scenario("menu", bot={"menu": menu})
    workloads = Workloads(simulate)
    variants = {key: workloads.of(v) for key, v in variants_of(study().designs[0], before).items()}
    planned, reference = (
        next(run for run in runs() if run.case.role == role) for role in ("design_planned", "as_is_planned")
    )
    baseline = workloads.of(before)
    claim = waterfall_of(planned, reference, baseline, variants).claim_share
    assert claim.value is not None
    assert claim.half_width is not None
    expected = 0.15 * baseline.value("fresh") / baseline.value("offered")
    assert claim.value == pytest.approx(expected, abs=8.6 / 2.776 * claim.half_width)
    assert claim.half_width < 0.05
