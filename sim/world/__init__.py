"""The world: a scenario made ready to run, and what of it is known before the clock starts.

It takes a resolved scenario.
It gives types, groups and bots by position, when the center is open, how many contacts are expected, who is present.
"""
