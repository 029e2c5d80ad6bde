"""Plans for days of which nobody knows how busy they will be: what is done on the day, and what certainty costs.

It takes a scenario with busyness, and the plan of shifts that stay as they are.
It gives shifts with what is done on quiet and on busy days, and cost against the share of days on target.
"""
