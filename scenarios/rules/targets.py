"""Service targets: a promise that can be checked."""

from collections.abc import Iterator

from scenarios.contact_types import ServiceTarget
from scenarios.faults import Finding, Path, as_written, got
from scenarios.scenario import Scenario

PROMISES = ("share", "max_abandonment_rate", "max_mean_wait_s", "min_answer_rate", "max_delay_rate")


def _targets(scenario: Scenario) -> Iterator[tuple[Path, ServiceTarget]]:
    for name, contact_type in scenario.contact_type.items():
        if contact_type.service_target:
            yield ("contact_type", name, "service_target"), contact_type.service_target


def share_goes_with_awt(scenario: Scenario) -> Iterator[Finding]:
    """A share answered means nothing without the time within which."""
    for path, target in _targets(scenario):
        if target.share is not None and target.awt_s is None:
            yield Finding(path, "has a share without awt_s", "both", 'write "80/20" for 80 % within 20 s')
        if target.awt_s is not None and target.share is None:
            yield Finding(path, "has awt_s without a share", "both", 'write "80/20" for 80 % within 20 s')


def a_target_promises_something(scenario: Scenario) -> Iterator[Finding]:
    """A target has at least one limit."""
    for path, target in _targets(scenario):
        if target.awt_s is None and all(getattr(target, promise) is None for promise in PROMISES):
            yield Finding(path, "promises nothing", f"at least one of {', '.join(PROMISES)}")


def worst_interval_is_below_the_share(scenario: Scenario) -> Iterator[Finding]:
    """`never_below` is the service level of the worst interval, so it is at most the share over the whole."""
    for path, target in _targets(scenario):
        if target.never_below is None or (target.share is None and target.awt_s is not None):
            continue
        if target.share is None:
            yield Finding((*path, "never_below"), "stands without a share", "share and awt_s beside it")
        elif target.never_below > target.share:
            expected = f"at most the share ({as_written(target.share)})"
            yield Finding((*path, "never_below"), got(target.never_below), expected)
