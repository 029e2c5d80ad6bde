"""The compiled engine: `sim.center`'s model as arithmetic on arrays, for speed.

It takes a `Center`, the arrays that `sim.lowering` makes of a world and a day. It gives sums and, on request, the
log's rows, in arrays of that center.
"""
