"""The center to be read: the model on SimPy's clock, contact by contact.

It takes a world and a sample.
It gives the log of one replication; `sim.kernel` is the same, function by function, for speed.
"""
