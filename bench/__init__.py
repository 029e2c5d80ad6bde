"""Measured comparisons: contacts per second of our engines and their peers, on the same systems, on one machine.

It takes the systems of `bench.systems`; every peer of `bench.peers` runs in a process of its own.
It gives `results/published/benchmarks.md`, and pictures with their tables beside them.
"""
