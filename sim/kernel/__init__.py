"""The compiled engine: `sim.center`'s model as arithmetic on records, file by file, for speed.

It takes the address of a center (`sim.kernel.state.CENTER`: its numbers, and where its tables lie), as
`sim.compiled.arrays` lays it out. It gives sums and, on request, the log's rows, in tables of that center.
"""
