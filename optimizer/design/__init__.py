"""Which design, together with its people: bots, assist, prevention and skills under a budget and guardrails.

It takes a scenario with the options of its [plan], or a study whose designs are alternatives.
It gives every combination's price, people and guardrails where they matter, the cheapest that holds, and the proof.
"""
