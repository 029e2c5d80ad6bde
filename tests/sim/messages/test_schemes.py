"""What a run is told that would cut pairs or blocks, or pair what was drawn differently."""

from __future__ import annotations

import pytest

from scenarios import load
from sim.paired import difference
from sim.replicate import Asked, run


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            Asked(replications=15, scheme="antithetic"),
            "replications: got 15, expected a multiple of 2 (antithetic)",
        ),
        (
            Asked(replications=15, scheme="stratified"),
            "replications: got 15, expected a multiple of 10 (stratified)",
        ),
        (
            Asked(replications=20, first_replication=5, scheme="stratified"),
            "first_replication: got 5, expected a multiple of 10 (stratified)",
        ),
        (
            Asked(precision=0.01, first_replication=3, scheme="antithetic"),
            "first_replication: got 3, expected a multiple of 2 (antithetic)",
        ),
    ],
)
def test_pairs_and_blocks_are_not_cut(asked: Asked, sentence: str) -> None:
    with pytest.raises(ValueError) as fault:  # noqa: PT011 - the sentence is checked whole
        run(load("erlang-a"), asked)
    assert str(fault.value) == sentence


def test_results_of_two_schemes_are_no_pairs() -> None:
    ours, theirs = (
        run(load("n-design"), Asked(replications=2, scheme=scheme))
        for scheme in ("antithetic", "independent")
    )
    with pytest.raises(ValueError, match="the same scheme, the same seed and the same replications"):
        difference(ours, theirs, "service_level")
