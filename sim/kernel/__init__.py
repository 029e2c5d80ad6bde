"""The compiled engine: `sim.center`'s model as arithmetic on arrays, for speed.

It takes the address of a center (`sim.kernel.state.CENTER`: its numbers, and where its tables lie), as `sim.arrays`
lays it out. It gives sums and, on request, the log's rows, in tables of that center.
"""
