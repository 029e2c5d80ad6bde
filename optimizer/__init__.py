"""What is best: how many people, on which shifts, with the proof of its cost and the simulator's word on it.

It takes a scenario, with the targets its types promise and the rules of its [plan].
It gives a confirmed plan: people and shifts, cost, lower bound, gap, and where a target is missed and why.
"""
