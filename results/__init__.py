"""What we say: comparisons, the waterfall from claim to net, tables, pictures, the report, and run folders.

Takes results of `sim` and plans of `optimizer`, gathered into plain data that is kept as JSON.
Gives texts for the terminal, CSV, and one self-contained page that can be made again from that data alone.
"""
