"""What a center wrote down: its exports read into columns of one meaning, whatever system they come from.

Takes files of calls, of queue events or of intervals, and a mapping that says what their columns mean.
Gives contacts or interval counts, and every row that could not be used, counted by reason.
"""
