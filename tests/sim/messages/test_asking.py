"""What a run that cannot be asked for is told."""

import pytest

from scenarios import FaultyInput, load
from sim.replicate import Asked, run


def test_precision_needs_a_promise() -> None:
    center = load("erlang-a").changed({"contact_type.call.service_target": None})
    with pytest.raises(FaultyInput) as fault:
        run(center, Asked(precision=0.01))
    assert str(fault.value) == (
        "erlang-a: contact_type: has no service_target with an awt_s, expected one, where precision is asked for"
    )


def test_people_left_to_the_optimizer_cannot_be_simulated() -> None:
    center = load("erlang-a").changed({"agent_group.team.agents": "plan"})
    with pytest.raises(FaultyInput) as fault:
        run(center)
    assert str(fault.value) == (
        'erlang-a: agent_group.team.agents: "plan", expected people who are present, or shifts '
        "(run ccplan plan erlang-a first)"
    )
