"""Skills and shifts together: the cheapest people of all groups under whom the simulated targets hold.

It takes a scenario with groups left to the optimizer, and the targets its types promise.
It gives people by group on shifts, what they cost, and a bound below which no people suffice.
"""
