"""What happens: a scenario lived through, contact by contact, many times over.

It takes a resolved scenario, a seed and a number of replications.
It gives records (one row an attempt, one column a fact) and the measures over them, each with its interval.
"""
