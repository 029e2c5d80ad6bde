"""What a scenario gives, as rows: groups, types, skills, bots, laws, rates and hours."""

from __future__ import annotations

from sim.kernel.record import record

GROUP = record(
    ("due_since_s", "f8"),
    ("first_agent", "i8"),
    ("n_skills", "i8"),
    ("policy", "i8"),
    ("n_due", "i8"),
    ("n_busy", "i8"),
    ("n_seats", "i8"),
    ("chat_limit", "i8"),
    ("stacks", "b1"),
    ("empties_for_calls", "b1"),
    ("takes_deferred", "b1"),
)

# Three policies of a free agent.
PRIORITY, LONGEST_WAIT, WEIGHTED_WAIT = range(3)

TYPE = record(
    # Its busyness: a law, and the weights of what is common to all types and of what is its own.
    ("stream", "i8"),
    ("busyness", "i8"),
    ("common_weight", "f8"),
    ("own_weight", "f8"),
    # This day's arrivals: a Poisson process by inversion.
    ("day_key", "u8"),
    ("next_key", "u8"),
    ("next_k", "i8"),
    ("next_arrival_s", "f8"),
    ("count", "f8"),  # unit-rate time of the next arrival
    ("factor", "f8"),  # busyness of the day
    ("prevented_share", "f8"),  # in force on this day
    ("first_moment", "i8"),  # of this day, where arrivals are replayed; NOBODY where they are not
    ("n_moments", "i8"),
    ("first_step", "i8"),
    ("n_steps", "i8"),
    ("step", "i8"),
    # Laws, by position; NOBODY: none.
    ("talk", "i8"),
    ("wrap_up", "i8"),
    ("patience", "i8"),
    ("session", "i8"),
    ("redial_delay", "i8"),
    ("reconnect_delay", "i8"),
    # Where it may go.
    ("n_routes", "i8"),
    ("bot", "i8"),
    ("reconnect_as", "i8"),
    ("transfer_to", "i8"),
    ("chase_as", "i8"),  # NOBODY: nobody asks after it
    ("ticket_as", "i8"),
    ("notice_of", "i8"),  # proactive notices about a type; NOBODY: a customer's contacts
    ("notice_reach_share", "f8"),
    ("notice_prevents_share", "f8"),
    ("n_spared", "i8"),  # contacts that notices have made needless, and that have not come yet
    ("priority", "i8"),
    ("balk_share", "f8"),
    ("redial_share", "f8"),
    ("reconnect_share", "f8"),
    ("reconnect_talk_factor", "f8"),
    ("transfer_share", "f8"),
    ("transfer_talk_factor", "f8"),
    ("awt_s", "f8"),  # NaN: no acceptable waiting time
    ("short_abandon_s", "f8"),
    ("due_s", "f8"),
    ("vip_share", "f8"),
    ("callback_above_s", "f8"),
    ("callback_share", "f8"),  # accepted; 0: never offered
    ("reach_share", "f8"),
    ("in_vain_s", "f8"),
    ("mean_handle_s", "f8"),
    ("chase_after_s", "f8"),
    ("chase_share", "f8"),
    ("chase_every_s", "f8"),
    ("ticket_share", "f8"),
    ("entry_share", "f8"),
    ("leaves_share", "f8"),
    ("contains_above", "f8"),  # the score of ease above which the bot contains
    ("wrong_share", "f8"),
    ("peak_contains_above", "f8"),  # the same two while more wait than `waiting_above`, -1: never
    ("peak_wrong_share", "f8"),
    ("waiting_above", "i8"),
    ("selectivity", "f8"),
    ("noise_weight", "f8"),  # √(1 − selectivity²)
    ("handover_talk_factor", "f8"),
    ("handover_patience_factor", "f8"),
    ("refund_window_s", "f8"),
    # What its customers expect: a law of the wait (NOBODY: nothing), 1 + drift a year, and effort of contacts.
    ("expected_wait", "i8"),
    ("expectation_growth", "f8"),
    ("expected_contacts", "f8"),
    ("effort_per_wait_s", "f8"),
    ("redial_skips_bot", "b1"),
    ("reconnect_skips_bot", "b1"),
    ("wrongly_closed_skips_bot", "b1"),
    ("uses_line", "b1"),
    ("is_deferred", "b1"),
    ("takes_whole_agent", "b1"),
    ("interruptible", "b1"),
    ("goes_ahead", "b1"),  # some of its contacts do
    ("returns_ahead", "b1"),
    ("is_choosy", "b1"),  # not every idle agent with the skill takes it at any time
    ("is_delayed", "b1"),  # for some group
    ("keeps_place", "b1"),  # a callback
)

BOT = record(
    ("max_sessions", "f8"),
    ("n_outages", "i8"),
    ("always_on", "b1"),
    ("always_free", "b1"),
)

# `skills[group, type]`: what a group makes of a type; `looks_at` of [group, i] is the i-th type a free agent looks at.
SKILL = record(
    ("talk_factor", "f8"),
    ("wrap_up_factor", "f8"),
    ("resolution_rate", "f8"),
    ("weight", "f8"),
    ("after_s", "f8"),  # the group may take the type only after so long a wait
    ("looks_at", "i8"),
    ("free_above", "i8"),  # and only while more of its people are free
)

# `paces[group, n - 1]`: of each chat, n being in hand.
PACE = record(("pace", "f8"))

# `routes[type, i]`: the groups that may take a type, in order of rank.
ROUTE = record(("group", "i8"), ("rank", "i8"))

# The coefficients of the experience model (`sim.world.experience`); one row.
EXPERIENCE = record(
    ("effort_per_contact", "f8"),
    ("effort_per_transfer", "f8"),
    ("effort_per_bot_loop", "f8"),
    ("satisfaction_base", "f8"),
    ("above_expectation", "f8"),
    ("below_expectation", "f8"),
    ("resolved", "f8"),
    ("leaves_met", "f8"),
    ("leaves_unmet", "f8"),
    ("delight_share", "f8"),
    ("delight_talk_s", "f8"),
    ("delight_lift", "f8"),
)

# A law's quantile function: its form, and numbers that the form explains (`sim.kernel.quantiles`).
LAW = record(
    ("a", "f8"),
    ("b", "f8"),
    ("scale", "f8"),
    ("start_u", "f8"),  # of a piece: the share of all that lies before it, and its own
    ("share", "f8"),
    ("form", "i8"),
    ("first", "i8"),
    ("n", "i8"),
)
CONSTANT, WEIBULL, UNIFORM, LOGNORMAL, TABLE, PIECES, BY_TIME, UNTIL, SAMPLE = range(9)

# ln x at equal steps of the normal score, with slopes (`sim.chance.quantile_table`).
NODE = record(("log_x", "f8"), ("slope", "f8"))

# The values of samples, each sample in order.
VALUE = record(("x", "f8"))

# A moment of the day and what is expected until then; when the center opens and closes.
STEP = record(("edge_s", "f8"), ("expected", "f8"))
MOMENT = record(("s", "f8"))
SPAN = record(("opens_s", "f8"), ("closes_s", "f8"))

# What is known at midnight to happen at a fixed moment: `turn` as in `sim.codes`; `index`: an agent, twice a bot and
# one more at the end of an outage, or whether the center opens.
PLANNED = record(("at_s", "f8"), ("turn", "i8"), ("index", "i8"))
EVENT = record(("at_s", "f8"), ("what", "i8"))
