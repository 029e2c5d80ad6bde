"""The compiled engine's ground: a world as arrays, the days handed to the kernel one after the other.

It takes a world and a sample.
It gives the totals of one replication, and its log on request.
"""
