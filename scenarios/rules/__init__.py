"""Rules across keys: what the schema of single keys cannot say. One rule, one small function.

A rule takes a scenario whose single keys are sound and yields a `Finding` for each place where it is broken.
Rules are asked in the order below; one that would only repeat an earlier fault is left out by `unless`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scenarios.faults import Finding, Path
from scenarios.not_built import matches
from scenarios.rules import (
    agents,
    bots,
    channels,
    demand,
    designs,
    events,
    experience,
    hours,
    laws,
    names,
    on_the_day,
    operating_points,
    plans,
    prices,
    routing,
    targets,
    weekdays,
)
from scenarios.scenario import Scenario

Rule = Callable[[Scenario], Iterator[Finding]]


@dataclass(frozen=True)
class Asked:
    """A rule, and the keys whose faults make it pointless to ask."""

    rule: Rule
    unless: tuple[str, ...] = ()


SKILLS = ("agent_group", "agent_group.*", "agent_group.*.skills", "agent_group.*.skills.**")
ROUTES = ("contact_type.*.routed_to", "contact_type.*.routed_to.**")

POINTS = (
    "bot.*.contact_type.*.of_100",
    "bot.*.contact_type.*.operating_point",
    "bot.*.contact_type.*.operating_points.**",
)

FILES = ("contact_type.*.arrivals.file", "contact_type.*.arrivals.replay", "agent_group.*.agents.file")

RULES = (
    Asked(names.names_fit_a_key),
    Asked(names.skills_name_contact_types),
    Asked(names.routes_name_groups),
    Asked(names.returns_name_contact_types),
    Asked(names.transfers_name_contact_types),
    Asked(names.events_name_contact_types),
    Asked(names.bots_name_contact_types),
    Asked(names.assist_names_groups),
    Asked(names.notices_name_contact_types),
    Asked(names.ready_made_shifts_name_groups),
    Asked(names.lists_name_things_once),
    Asked(hours.interval_divides_the_day),
    Asked(hours.weekdays_have_hours, ("calendar.hours.**",)),
    Asked(hours.opening_comes_before_closing),
    Asked(hours.spans_do_not_overlap),
    Asked(hours.dates_need_a_start, ("calendar.start",)),
    Asked(hours.ends_come_after_beginnings),
    Asked(weekdays.each_weekday_stands_once),
    Asked(weekdays.open_weekdays_have_values, ("calendar.hours", "calendar.hours.**")),
    Asked(laws.uniform_is_in_order),
    Asked(laws.shares_of_a_law_add_up),
    Asked(laws.a_mean_for_each_share),
    Asked(laws.only_patience_balks),
    Asked(laws.times_of_a_law_cover_the_day),
    Asked(laws.only_a_whole_law_varies),
    Asked(laws.a_sample_has_values),
    Asked(laws.a_sample_is_no_part_of_a_mixture),
    Asked(demand.one_form_of_arrivals),
    Asked(demand.columns_go_with_files, FILES),
    Asked(demand.replayed_as_they_are),
    Asked(demand.recorded_demand_is_not_induced),
    Asked(demand.some_are_replayed, ("calendar.days",)),
    Asked(demand.shape_goes_with_per_day, ("contact_type.*.arrivals.per_day",)),
    Asked(demand.shape_has_weight),
    Asked(demand.profiles_fit_the_day, ("calendar.interval_min", "calendar.days")),
    Asked(events.event_shape_has_weight),
    Asked(events.one_shape_at_a_time, ("event", "event.**")),
    Asked(agents.one_form_of_agents),
    Asked(agents.head_counts_fit_the_day, ("calendar.interval_min", "calendar.days")),
    Asked(agents.shifts_fit_a_day),
    Asked(agents.shifts_meet_opening_hours, ("calendar.hours", "calendar.hours.**")),
    Asked(agents.breaks_stand_inside_the_shift),
    Asked(agents.breaks_do_not_overlap),
    Asked(agents.newcomers_have_a_share, ("agent_group.*.attrition_per_year",)),
    Asked(bots.of_100_adds_up),
    Asked(operating_points.operating_points_are_in_order),
    Asked(operating_points.what_is_closed_is_at_most_all, POINTS),
    Asked(operating_points.a_bot_stands_somewhere, POINTS),
    Asked(operating_points.of_100_is_an_operating_point, POINTS),
    Asked(bots.a_type_has_one_bot),
    Asked(bots.a_bot_serves_some_type),
    Asked(targets.share_goes_with_awt),
    Asked(targets.a_target_promises_something),
    Asked(targets.worst_interval_is_below_the_share),
    Asked(channels.keys_fit_the_channel, ("contact_type.*.channel",)),
    Asked(channels.tickets_are_deferred),
    Asked(channels.notices_prevent_live_contacts),
    Asked(channels.chasing_contacts_are_live),
    Asked(channels.a_pace_for_each_number_of_chats),
    Asked(channels.concurrency_needs_chats, (*SKILLS, "agent_group.*.concurrency.**")),
    Asked(channels.reserves_are_for_skills, SKILLS),
    Asked(routing.routes_have_the_skill, (*SKILLS, *ROUTES)),
    Asked(routing.every_type_is_taken, (*SKILLS, *ROUTES)),
    Asked(routing.transfers_end, ("contact_type.*.transfer.to",)),
    Asked(routing.there_is_work_and_someone_to_do_it, ("contact_type", "agent_group")),
    Asked(experience.expectations_are_asked_for, ("experience", "experience.**")),
    Asked(experience.margin_is_booked_once),
    Asked(plans.cost_is_the_first_aim),
    Asked(plans.shift_lengths_fit_a_day),
    Asked(plans.starts_are_in_order),
    Asked(plans.windows_are_in_order),
    Asked(plans.breaks_fit_some_shift),
    Asked(plans.shifts_are_made_in_one_way),
    Asked(plans.ready_made_shifts_lie_in_opening_hours, ("calendar.hours", "calendar.hours.**")),
    Asked(plans.each_planned_group_has_a_shift, ("plan.shift.**",)),
    Asked(plans.overtime_is_of_lengths),
    Asked(plans.overtime_is_whole_intervals, ("calendar.interval_min",)),
    Asked(plans.rest_is_for_people),
    Asked(plans.price_goes_with_priced),
    Asked(plans.fewest_present_is_below_most),
    Asked(on_the_day.actions_are_for_a_stated_share_of_days, unless=("plan.target_probability",)),
    Asked(
        on_the_day.days_differ_where_something_is_done,
        unless=("busyness", "busyness.day_cv", "contact_type.*.day_cv"),
    ),
    Asked(on_the_day.hours_have_a_price, unless=("agent_group.*.cost_per_h",)),
    Asked(on_the_day.something_can_be_done_on_the_day, unless=("plan.on_the_day.*",)),
    Asked(designs.a_design_has_options),
    Asked(designs.options_name_keys),
    Asked(designs.options_make_sound_scenarios),
    Asked(designs.guardrails_name_measures),
    Asked(designs.guardrails_look_one_way),
    Asked(designs.guardrails_name_contact_types),
    Asked(prices.outsourcers_have_enough_people),
    Asked(prices.sessions_have_one_price),
    Asked(prices.tiers_are_in_order),
)


def broken_rules(scenario: Scenario, faulty: set[Path]) -> list[Finding]:
    """Findings of every rule that the faults known so far leave worth asking."""
    findings: list[Finding] = []
    for asked in RULES:
        known = faulty | {finding.path for finding in findings}
        if not any(_concerns(pattern, path) for pattern in asked.unless for path in known):
            findings += asked.rule(scenario)
    return findings


def _concerns(pattern: str, path: Path) -> bool:
    """Whether a path matches; a pattern that ends in `**` also matches all that stands inside."""
    if not pattern.endswith(".**"):
        return matches(path, pattern)
    steps = pattern.count(".")
    return len(path) > steps and matches(path[:steps], pattern.removesuffix(".**"))
