"""What is done on the day must be possible, and for something."""

from collections.abc import Iterator

from scenarios.faults import Finding
from scenarios.scenario import Scenario


def actions_are_for_a_stated_share_of_days(scenario: Scenario) -> Iterator[Finding]:
    """Which days shall be saved by what is done on the day follows from the share of days on target."""
    plan = scenario.plan
    if plan.on_the_day is not None and plan.target_probability is None:
        expected = "plan.target_probability beside it, such as 0.9"
        yield Finding(("plan", "on_the_day"), "has no share of days to hold the target on", expected)


def days_differ_where_something_is_done(scenario: Scenario) -> Iterator[Finding]:
    """Without busyness no day is known to be busier than another."""
    common_cv = 0.0 if scenario.busyness is None else scenario.busyness.day_cv
    own = [declared.day_cv for declared in scenario.contact_type.values()]
    if scenario.plan.on_the_day is not None and not any(common_cv if cv is None else cv for cv in own):
        expected = "busyness.day_cv above 0"
        yield Finding(("plan", "on_the_day"), "no day is busier than another", expected)


def something_can_be_done_on_the_day(scenario: Scenario) -> Iterator[Finding]:
    """There is an action, and a limit is that of an action there is."""
    day = scenario.plan.on_the_day
    if day is None:
        return
    if day.call_in_factor is None and day.outsource_per_h is None and not day.send_home_share:
        expected = "call_in_factor, send_home_share or outsource_per_h"
        yield Finding(("plan", "on_the_day"), "nothing can be done", expected)
    limits = {
        "most_called_in_share": "call_in_factor",
        "call_in_h": "call_in_factor",
        "most_outsourced": "outsource_per_h",
    }
    for limit, action in limits.items():
        if getattr(day, limit) is not None and getattr(day, action) is None:
            yield Finding(("plan", "on_the_day", limit), f"there is no {action}", f"{action} beside it")


def hours_have_a_price(scenario: Scenario) -> Iterator[Finding]:
    """An hour called in, sent home or outsourced is weighed against an hour of a shift."""
    left = {name: group for name, group in scenario.agent_group.items() if group.agents.plan}
    for name, group in (left or scenario.agent_group).items():
        keys = ("outsourced", "per_h") if group.outsourced else ("cost_per_h",)
        price = group.outsourced.per_h if group.outsourced else group.cost_per_h
        if scenario.plan.on_the_day is not None and price == 0.0:
            yield Finding(("agent_group", name, *keys), "is 0", "above 0 where plan.on_the_day stands")
