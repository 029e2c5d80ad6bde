"""Chance: laws of times as quantile functions, and numbers without hidden state.

It takes a law of the scenario file, a seed and whom a number belongs to.
It gives the same uniform, and so the same time, to either engine, whatever happened before.
"""
