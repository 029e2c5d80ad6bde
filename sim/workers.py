"""Workers behind one door: any `concurrent.futures.Executor` will do; None means here and now.

The compiled engine lets go of Python's lock while it runs, so threads serve it: they start at once and copy nothing.
The readable engine needs processes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sim.engines import EngineName

Work = TypeVar("Work")
Done = TypeVar("Done")


def default_workers() -> int:
    """One worker a core."""
    return os.cpu_count() or 1


@contextmanager
def worker_pool(n_workers: int, engine: EngineName = "compiled") -> Iterator[Executor | None]:
    """Workers for as long as the block lasts; with one worker none, the work is done in this thread.

    An interrupt is heard by the parent alone: processes end at once, threads after the replications in hand.
    """
    if n_workers <= 1:
        yield None
        return
    pool = _processes(n_workers) if engine == "simpy" else ThreadPoolExecutor(n_workers)
    try:
        yield pool
    except BaseException:
        _end_at_once(pool)
        raise
    pool.shutdown()


def in_order(
    executor: Executor | None, function: Callable[[Work], Done], work: Iterable[Work]
) -> Iterator[tuple[Work, Done]]:
    """Each piece of work with its result, in the order of the work, whoever finishes first."""
    if executor is None:
        for piece in work:
            yield piece, function(piece)
        return
    futures: list[tuple[Work, Future[Done]]] = [(piece, executor.submit(function, piece)) for piece in work]
    try:
        for piece, future in futures:
            yield piece, future.result()
    finally:
        for _, future in futures:
            future.cancel()  # whoever stops listening wants no more of it


def _processes(n_workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(n_workers, initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_at_once(pool: Executor) -> None:
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
