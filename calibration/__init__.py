"""What history tells: a center's own records turned into the figures of a scenario, and held against the model.

Takes the exports of real systems (so far the call-by-call record of a small bank, 1999) and a simulated scenario.
Gives fitted laws, profiles and head counts, each with how it was found, and tables of the model against history.
"""
