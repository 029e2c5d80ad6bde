"""Experience: what is stated is used, and no money is booked twice."""

from collections.abc import Iterator

from scenarios.faults import Finding
from scenarios.scenario import Scenario


def expectations_are_asked_for(scenario: Scenario) -> Iterator[Finding]:
    """An expectation without the experience model would do nothing, silently."""
    if scenario.experience is not None:
        return
    for name, contact_type in scenario.contact_type.items():
        if contact_type.expectation is not None:
            yield Finding(("contact_type", name, "expectation"), "does nothing alone", "a table [experience]")


def margin_is_booked_once(scenario: Scenario) -> Iterator[Finding]:
    """Either contacts win a margin or customers who leave lose one: both would book the same customer twice."""
    experience = scenario.experience
    if experience is None or experience.customer_value == 0:
        return
    selling = [
        f"contact_type.{name}.conversion.margin"
        for name, kind in scenario.contact_type.items()
        if kind.conversion and kind.conversion.margin
    ]
    selling += [
        f"agent_group.{name}.proactive.margin"
        for name, group in scenario.agent_group.items()
        if group.proactive and group.proactive.margin
    ]
    if selling:
        found = f"books a margin beside {selling[0]}"
        expected = "one of them, as the same customer would be booked twice"
        yield Finding(("experience", "customer_value"), found, expected, "write 0")
