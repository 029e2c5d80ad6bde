"""Several chats at a time: the chain's formula against the balance equations solved, and against the simulation."""

import numpy as np
import pytest

from optimizer.requirement.chat import ChatQueue
from optimizer.requirement.first_guess import first_guess
from scenarios import Scenario, from_data
from sim.replicate import Asked, run
from sim.theory import queue_of

THROUGHPUT = (1.0, 1.7, 2.1)


def solved(
    n: int, per_s: float, handle_s: float, patience_s: float, most: int = 400
) -> tuple[float, float, float]:
    """(delayed, abandoned, mean wait) from the chain's own balance equations, cut at `most` in the system."""
    weights = [1.0]
    for j in range(1, most):
        held = min(j, n * len(THROUGHPUT))
        each = [held // n + (i < held % n) for i in range(n)]
        served = sum(THROUGHPUT[k - 1] for k in each if k) / handle_s
        weights.append(weights[-1] * per_s / (served + max(0, j - held) / patience_s))
    share = np.array(weights) / sum(weights)
    waiting = np.maximum(np.arange(most) - n * len(THROUGHPUT), 0)
    lost = float(share @ waiting) / patience_s / per_s
    return float(share[n * len(THROUGHPUT) :].sum()), lost, float(share @ waiting) / per_s


@pytest.mark.parametrize(("n", "per_h"), [(1, 10.0), (3, 50.0), (8, 200.0), (8, 90.0)])
def test_chats_are_the_balance_equations(n: int, per_h: float) -> None:
    queue = ChatQueue(n, per_h / 3600.0, 300.0, 180.0, THROUGHPUT)
    delayed, lost, wait_s = solved(n, per_h / 3600.0, 300.0, 180.0)
    assert queue.delay_rate == pytest.approx(delayed, rel=1e-9)
    assert queue.abandonment_rate == pytest.approx(lost, rel=1e-9)
    assert queue.mean_wait_s == pytest.approx(wait_s, rel=1e-9)


def test_one_chat_at_a_time_is_erlang_a() -> None:
    one = ChatQueue(12, 0.04, 300.0, 120.0, (1.0,))
    exact = queue_of(12, 0.04, 300.0, 120.0)
    measures = ("delay_rate", "abandonment_rate", "answer_rate", "mean_wait_s", "mean_answer_s", "occupancy")
    for measure in (*measures, "mean_queue_length"):
        assert getattr(one, measure) == pytest.approx(getattr(exact, measure), rel=1e-9), measure
    assert one.service_level(20.0) == pytest.approx(exact.service_level(20.0), rel=1e-9)
    assert one.wait_exceeds(20.0) == pytest.approx(exact.wait_exceeds(20.0), rel=1e-9)


def chats(people: int) -> Scenario:
    return from_data(
        {
            "name": "chats",
            "calendar": {"days": 5, "interval_min": 60, "warm_up_h": 12, "run_out_h": 0},
            "contact_type": {
                "chat": {
                    "channel": "chat",
                    "arrivals": {"per_h": 150},
                    "talk_s": 300,
                    "patience_s": 180,
                    "service_target": "80/30",
                }
            },
            "agent_group": {
                "team": {
                    "skills": ["chat"],
                    "concurrency": {"chat": 3, "throughput": list(THROUGHPUT)},
                    "agents": {"present": people},
                }
            },
        }
    )


def test_the_guess_for_chats_meets_its_target_and_one_fewer_does_not() -> None:
    people = int(first_guess(chats(1), "team").required.max())
    for n, meets in ((people, True), (people - 1, False)):
        queue = ChatQueue(n, 150 / 3600.0, 300.0, 180.0, THROUGHPUT)
        result = run(chats(n), Asked(seed=3, replications=40))
        for measure, exact in (
            ("service_level", queue.service_level(30.0)),
            ("abandonment_rate", queue.abandonment_rate),
            ("delay_rate", queue.delay_rate),
        ):
            found = result.estimate(measure, "contact_type", "chat")
            assert found.value is not None
            assert found.half_width is not None
            # A point is allowed for what an even spread leaves out (two for occupancy), and four standard errors.
            assert found.value == pytest.approx(exact, abs=0.01 + 2.0 * found.half_width), (n, measure)
        occupancy = result.estimate("occupancy", "agent_group", "team")
        assert occupancy.value == pytest.approx(
            queue.occupancy, abs=0.02 + 2.0 * (occupancy.half_width or 0.0)
        )
        assert (queue.service_level(30.0) >= 0.8) is meets
