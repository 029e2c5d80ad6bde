"""Headings and explaining sentences of the report and of terminal tables."""

from __future__ import annotations

from sim.chance.sample import GROUP_SIZE, Scheme

TITLES: dict[str, str] = {
    "decision": "The decision",
    "side_by_side": "Side by side",
    "result": "What customers get",
    "same_people": "If nothing but the design changed",
    "by_type": "By contact type",
    "assumes": "What these figures assume",
    "waterfall": "From the claim to the net",
    "day": "Service through the day",
    "pains": "Where it hurts",
    "plan": "The plans",
    "sources": "Assumptions and their sources",
    "measures": "What the measures mean",
    "remake": "How to remake every figure",
}
SIDE_BY_SIDE = (
    "The step from “as it is” to the planned baseline is the optimizer's (and the price of keeping the promise): the "
    "same could be had without any new design. Only the step from the planned baseline to a planned design is the "
    "design's."
)
UNPLANNED = (
    "Each case runs with the people of its own file; no shifts were planned, so no people are saved or added."
)
SAME_PEOPLE = (
    "What customers would get if the design came and the people of today stayed exactly as they are, held against "
    "the center as it is."
)
DAY = (
    "Answered in time ÷ offered, by the time of day, all days together (ratios of sums). The band is the 95 % "
    "interval, the dashed line the promise. Intervals in which nobody called are left out."
)
STAFFING = (
    "People present after breaks and shrinkage (filled) against people needed (line). Red: fewer are present than "
    "needed; a priced shortage, which the simulation has judged."
)
ALL_NEEDED = "Planned together, everybody who is there is needed: the line follows the filled part."
ONE_PLAN = "The plan"
WHO = "Who is there"
PLAN = (
    "A plan is called a plan after the simulator has confirmed it on fresh draws, which the optimizer has not seen. "
    "The lower bound is what nobody can undercut: planned together, with any people who hold the targets; requirement "
    "first, with any shifts for the same requirement."
)
ROSTER = "People by start and length of shift. When each one's breaks begin is in the run folder's data."
WEEKS = (
    "Weeks of people: so many work these shifts, with the rest between them that the plan asks for. People of a group "
    "are alike; who is who is left to the roster."
)
SOURCES = (
    "Every figure that a scenario gives a source for, and every one that it gives none for. Grade A: read in the "
    "primary source, or several agreeing; B: one secondary source; C: a vendor's own claim. Marked: assumed. Of the "
    "designs, only what differs from the baseline."
)
ASSUMES = (
    "Effort, satisfaction and churn risk rest on coefficients that nobody measures well; these are the scenarios' own. "
    "Other coefficients, other figures."
)
PAINS = (
    "Hours of the day by how many customers they are expected to lose, the worst first: a need counts for the hour of "
    "its first contact, with all that comes after. Find what hurts most, mend it, find again."
)
PLANNING_ALONE = "Beside it: planning alone, without any new design"
YEAR = "A year is 365.25 days like those simulated."
REMAKE = (
    "The same command with the same seed and replications gives the same figures, whatever the number of workers; "
    "“ccplan report” makes this page again from the run folder's data. A hash changes with anything that the scenario "
    "says."
)
INTERVALS = "± is the half-width of a 95 % interval over {groups} (Student's t; ratios are ratios of sums)."
NO_SOURCE = "no source given: assumed"


# What intervals are over: what is independent in a scheme of draws. One of them, and several.
_GROUPS: dict[Scheme, tuple[str, str]] = {
    "independent": ("replication", "replications"),
    "antithetic": ("antithetic pair", "antithetic pairs"),
    "stratified": ("stratified block", "stratified blocks"),
}


def frame_text(seed: int, replications: int, days: int, scheme: Scheme = "independent") -> str:
    """What stands below every table of simulated figures."""
    times = "replication" if replications == 1 else "replications"
    length = "one day" if days == 1 else f"{days} days"
    intervals = INTERVALS.format(groups=_GROUPS[scheme][1])
    return f"Seed {seed}, {replications} {times} of {length}{in_groups(replications, scheme)}. {intervals}"


def in_groups(replications: int, scheme: Scheme) -> str:
    """How many independent observations replications make: " in 10 antithetic pairs"; nothing if each is one."""
    if scheme == "independent":
        return ""
    n = replications // GROUP_SIZE[scheme]
    return f" in {n} {_GROUPS[scheme][n > 1]}"
