"""The model held against history: a center's own arrivals and people put through a scenario's laws.

Takes contacts as columns, a scenario, and where there is one a staffing file.
Gives what happened and what the model says side by side with prediction limits, and which assumption hurts most.
"""
