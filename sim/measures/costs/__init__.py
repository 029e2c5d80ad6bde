"""Costs: what a replication costs, by who is paid: people, outsourcers, bots, assist, and everything else.

It takes the sums of replications.
It gives amounts of money for the whole horizon: replications × names × 1.
"""
