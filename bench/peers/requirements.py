"""People by Erlang C, ours or pyworkforce's, for many queues: calls an hour, handle time, acceptable wait, share.

`python -m bench.peers.requirements ours|pyworkforce`, the queues as one line of JSON on standard input; all times in
seconds. pyworkforce counts in minutes; one hour is its interval.
"""

from __future__ import annotations

import json
import sys
import time

Queue = tuple[float, float, float, float]


def ours(queues: list[Queue]) -> list[int]:
    """The smallest number that meets the target."""
    from sim.theory import Target, required_agents

    return [
        required_agents(calls_per_h / 3600.0, handle_s, None, Target(share, awt_s))
        for calls_per_h, handle_s, awt_s, share in queues
    ]


def pyworkforce(queues: list[Queue]) -> list[int]:
    """`raw_positions`: before shrinkage."""
    from pyworkforce.queuing import ErlangC

    return [
        ErlangC(
            transactions=calls_per_h, aht=handle_s / 60.0, asa=awt_s / 60.0, interval=60
        ).required_positions(share)["raw_positions"]
        for calls_per_h, handle_s, awt_s, share in queues
    ]


def main() -> None:
    """Each queue once more before the clock starts, so that imports do not count."""
    solve = {"ours": ours, "pyworkforce": pyworkforce}[sys.argv[1]]
    queues: list[Queue] = [tuple(each) for each in json.loads(sys.stdin.readline())]
    solve(queues[:1])
    began_s = time.perf_counter()
    people = solve(queues)
    print(json.dumps({"people": people, "seconds": time.perf_counter() - began_s}))


if __name__ == "__main__":
    main()
