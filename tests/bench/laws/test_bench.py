"""The pieces of `python -m bench` run, and every peer that is installed simulates the system it is told to."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace

import numpy as np
import pytest

from bench import __main__ as command
from bench import pictures
from bench.exact import abandonment
from bench.page import page
from bench.pairing import Pairing
from bench.peers.measured import Measured, UnableError
from bench.progress import silent
from bench.roster import CALLBACK, CIMBA, CIW, PEERS, TEXTBOOK, C
from bench.running import Runner
from bench.scaling import MemoryPoint, SizePoint, WorkersRow
from bench.speed import Row, Table, measure
from bench.store import Section, Store, load
from bench.systems import COMPARED, erlang_a, n_design, system_named

needs_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
SMALL = {C: 2_000_000, TEXTBOOK: 10_000, CALLBACK: 100_000, CIW: 5_000, CIMBA: 300_000}


@pytest.mark.parametrize(
    "peer", [pytest.param(C, marks=needs_gcc), TEXTBOOK, CALLBACK, CIW, CIMBA], ids=lambda p: p.name
)
@pytest.mark.parametrize("name", COMPARED)
def test_a_peer_simulates_the_system(peer, name, tmp_path):
    """Within 5 standard errors of the exact rates: a right peer is outside once in 1.7 million checks.

    A run that starts empty loses few of the first contacts; at these sizes that is less than half a standard error.
    """
    system = system_named(name)
    try:
        run = Runner(tmp_path).measured(peer, system, SMALL[peer], seed=11)
    except UnableError as reason:
        pytest.skip(str(reason))
    assert run.contacts == SMALL[peer]
    assert max(map(abs, Row(peer.name, (run,)).off_by_se(abandonment(system)))) < 5
    assert run.cpu_s > 0.0
    assert 0.0 < run.before_mb <= run.peak_mb


@needs_gcc
def test_the_same_seed_gives_the_same_contacts(tmp_path):
    runner = Runner(tmp_path)
    one, two, other = (runner.measured(C, n_design(), 50_000, seed) for seed in (1, 1, 2))
    assert (one.abandonment_rate, one.service_level) == (two.abandonment_rate, two.service_level)
    assert one.abandonment_rate != other.abandonment_rate


def test_a_peer_that_is_not_installed_has_its_reason_in_the_table(tmp_path):
    runner = Runner(tmp_path)
    missing = replace(CIW, package="no_such_package_anywhere")
    with pytest.raises(UnableError, match="no_such_package_anywhere is not installed"):
        runner.measured(missing, erlang_a(), 100, 1)


def test_a_peer_of_another_system_is_found_out():
    table = Table("erlang-a", "M/M/52+M", abandonment(erlang_a()), ())
    right, wrong = (Row(name, (_run(rate),)) for name, rate in (("c", 0.0389), ("ciw", 0.0350)))
    assert replace(table, rows=(right, wrong)).wrong == ["ciw"]


def test_the_n_design_is_the_shipped_one():
    a, b = n_design().types
    assert (a.arrivals_per_s, a.mean_handle_s, a.groups) == (120 / 3600, 300.0, (0, 1))
    assert (b.arrivals_per_s, b.mean_handle_s, b.groups) == (60 / 3600, 400.0, (1,))
    assert [(group.n_agents, group.skills) for group in n_design().groups] == [(10, (0,)), (10, (1, 0))]


def test_our_scenario_is_the_system_that_peers_are_told():
    scenario = n_design().scenario(days=3, extra=1)
    assert scenario.calendar.days == 3
    assert [group.agents.present for group in scenario.agent_group.values()] == [10, 11]
    assert [skill.contact_type for skill in scenario.agent_group["both"].skills] == ["b", "a"]


def test_the_command_writes_a_page_that_can_be_added_to(tmp_path, capsys):
    words = ["speed", "--quick", "--peers", "textbook", "--out", str(tmp_path)]
    assert command.main(words) == 0
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "SimPy, textbook" in page
    assert page.count("| peer | contacts/s |") == len(COMPARED)
    told = json.loads((tmp_path / "benchmarks.json").read_text(encoding="utf-8"))
    assert list(load(tmp_path, told["machine"]).sections) == ["speed"]
    assert load(tmp_path, {**told["machine"], "numpy": "0.1"}).sections == {}
    assert str(tmp_path) in capsys.readouterr().out


def test_every_peer_has_a_row_even_without_a_run(tmp_path):
    class Refusing(Runner):
        def measured(self, peer, *_):
            raise UnableError(f"{peer.name} has no time")

    tables = measure(Refusing(tmp_path), silent, n_runs=2, size=1.0)
    assert [[row.peer for row in table.rows] for table in tables] == [[peer.name for peer in PEERS]] * len(
        COMPARED
    )
    assert {row.unable for row in tables[0].rows} == {f"{peer.name} has no time" for peer in PEERS}


def test_the_variance_ratio_and_its_interval():
    """Normal differences with a third of the spread: a ratio of 9, inside its 95 % interval for this draw."""
    pairing = _pairing(200)
    low, high = pairing.interval
    assert low < 9.0 < high
    assert low < pairing.variance_ratio < high


def test_pictures_have_their_tables_beside_them(tmp_path):
    sizes = [SizePoint(50, 1000, 300.0, 290.0, 310.0), SizePoint(500, 1000, 310.0, 300.0, 330.0)]
    pictures.save_sizes(sizes, tmp_path)
    pictures.save_pairings([_pairing(40), _pairing(30)], tmp_path)
    for name in (pictures.SIZE_PICTURE, pictures.PAIRING_PICTURE):
        assert (tmp_path / f"{name}.svg").read_text(encoding="utf-8").startswith("<?xml")
        assert len((tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_every_section_is_on_the_page():
    """Each figure of our engine alone stands in its table."""
    sizes = [SizePoint(50, 1000, 301.0, 290.0, 310.0)]
    workers = [WorkersRow(n, 1000, 20, 2e6 * n, 1.9e6 * n, 2.1e6 * n) for n in (1, 2)]
    data = {
        "size": {"engine": "compiled", "points": [asdict(point) for point in sizes]},
        "workers": {"engine": "compiled", "rows": [asdict(row) for row in workers]},
        "memory": {"engine": "compiled", "points": [asdict(MemoryPoint(4_000_000, 12.34, 90.0, 1.5))]},
        "pairing": {"engine": "compiled", "pairings": [asdict(_pairing(40))]},
    }
    sections = {name: Section("2026-01-01", "python -m bench", 0.0, each) for name, each in data.items()}
    text = page(Store({"processor": "one"}, sections))
    assert "| 50 | 1,000 | 301 | 290 to 310 |" in text
    assert "| 2 | 4,000,000 | 3,800,000 to 4,200,000 | 2.00 |" in text
    assert "| 4,000,000 | 12.3 | 90 | 1.5 |" in text
    assert "| one agent more | +1.00 ± 10.00 | +2.00 ± 30.00 |" in text


def _pairing(replications: int) -> Pairing:
    rng = np.random.default_rng(5)
    paired, independent = rng.normal(0.0, 0.01, replications), rng.normal(0.0, 0.03, replications)
    return Pairing(
        "one agent more", 0.01, 0.02, tuple(paired.tolist()), tuple(independent.tolist()), 0.1, 0.3
    )


def _run(abandonment_rate: float) -> Measured:
    contacts = 1_000_000
    return Measured(1.0, 1.0, 30.0, 31.0, 800_000, (contacts,), (round(abandonment_rate * contacts),))
