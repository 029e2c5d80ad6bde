"""Shifts: the cheapest people on shifts, with breaks and work weeks, that cover a requirement.

It takes people needed by interval, and the rules of a schedule.
It gives shifts with their breaks, the proven bound on their cost, or the reason in words why there are none.
"""
