"""Measures: what planners ask about, each with its denominator and its interval.

It takes the totals of replications.
It gives figures by name and scope, with half-widths, and what they cost.
"""
