"""The requirement: people needed in each interval, by formula first and then as the simulation corrects it.

It takes a scenario, and what simulations of its plans said of the targets.
It gives people by interval for each group.
"""
