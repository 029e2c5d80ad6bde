"""What happens: a scenario lived through, contact by contact, many times over.

It takes a resolved scenario, a seed and a number of replications, and lives them in one of two engines of one meaning:
`center`, written to be read, and `kernel`, compiled.
It gives records (one row an attempt, one column a fact) and the measures over them, each with its interval.
"""
