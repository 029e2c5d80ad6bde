"""Messages: where figures come from, in the words of the file; what has no source is told as assumed."""

from __future__ import annotations

import pytest

from results.sources import source_rows
from results.texts.targets import target_text
from scenarios import Source
from scenarios.contact_types import ServiceTarget
from tests.results.small_study import study


def test_sources_given_and_missing() -> None:
    rows = {row.key: row for row in source_rows(study().scenarios)}
    patience = rows["contact_type.call.patience_s"]
    assert (patience.value, patience.source, patience.grade) == ("exponential, mean 240", "a record", "A")
    assert not patience.assumed
    assert rows["agent_group.team.shrinkage"].assumed
    talk = rows["contact_type.call.talk_s"]
    assert (talk.value, talk.source, talk.assumed) == ("lognormal, mean 300, cv 1", None, True)


def test_designs_tell_only_what_differs() -> None:
    of_designs = [row.key for row in source_rows(study().scenarios) if row.scenario != "People only"]
    assert of_designs
    assert all(key.startswith(("bot.", "assist.")) for key in of_designs)
    assert len(of_designs) == len(set(of_designs))


def test_names_and_structure_need_no_source() -> None:
    keys = [row.key for row in source_rows(study().scenarios)]
    assert not [
        key for key in keys if key.endswith((".channel", ".label", ".skills")) or key.startswith("calendar")
    ]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (ServiceTarget(share=0.8, awt_s=20), "80 % answered within 20 s, in every interval"),
        (
            ServiceTarget(share=0.8, awt_s=20, max_abandonment_rate=0.05, over="day"),
            "80 % answered within 20 s, at most 5 % give up, over each day",
        ),
        (ServiceTarget(max_mean_wait_s=90, over="horizon"), "mean wait at most 90 s, over the whole time"),
        (
            ServiceTarget(min_answer_rate=0.95, max_delay_rate=0.5, never_below=0.6, over="week"),
            "at least 95 % answered, at most 50 % have to wait, no interval below 60 %, over each week",
        ),
    ],
)
def test_targets_in_words(target: ServiceTarget, text: str) -> None:
    assert target_text(target) == text


def test_a_source_tells_how_sure_its_figure_is() -> None:
    source = Source(says="a record", standard_error={"mean": 1.234, "cv": 0.0123, "per_week": 1234.5}, n=5200)
    assert source.told == "a record; standard error: mean 1.2, cv 0.012, per_week 1,234; n = 5,200"
    assert Source(says="a record").told == "a record"
