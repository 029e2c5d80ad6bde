"""Records: what happened, as columns, and the few sums that a replication adds up to.

It takes an engine's log.
It gives totals, from which every measure follows.
"""
