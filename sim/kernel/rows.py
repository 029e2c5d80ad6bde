"""Rows of the center's tables, each found by its position: `contact_at(c, i)`."""

from __future__ import annotations

from sim.kernel import state
from sim.kernel.memory import record_at_address, row_accessor, row_prefetcher
from sim.kernel.state import CENTER

center_at = record_at_address(CENTER)

contact_at = row_accessor(CENTER, "contacts", state.CONTACT)
need_at = row_accessor(CENTER, "needs", state.NEED)
agent_at = row_accessor(CENTER, "agents", state.AGENT)
line_at = row_accessor(CENTER, "lines", state.LINE)
shelf_at = row_accessor(CENTER, "shelves", state.LINE)
pace_at = row_accessor(CENTER, "paces", state.PACE)
group_at = row_accessor(CENTER, "groups", state.GROUP)
type_at = row_accessor(CENTER, "types", state.TYPE)
bot_at = row_accessor(CENTER, "bots", state.BOT)
event_at = row_accessor(CENTER, "events", state.EVENT)
planned_at = row_accessor(CENTER, "agenda", state.PLANNED)
skill_at = row_accessor(CENTER, "skills", state.SKILL)
route_at = row_accessor(CENTER, "routes", state.ROUTE)
experience_at = row_accessor(CENTER, "experience", state.EXPERIENCE)
law_at = row_accessor(CENTER, "laws", state.LAW)
node_at = row_accessor(CENTER, "nodes", state.NODE)
value_at = row_accessor(CENTER, "values", state.VALUE)
step_at = row_accessor(CENTER, "steps", state.STEP)
arrival_step_at = row_accessor(CENTER, "arrival_steps", state.STEP)
moment_at = row_accessor(CENTER, "moments", state.MOMENT)
span_at = row_accessor(CENTER, "spans", state.SPAN)
peak_at = row_accessor(CENTER, "peaks", state.SPAN)
attempt_sums_at = row_accessor(CENTER, "attempt_sums", state.ATTEMPT_SUMS)
need_sums_at = row_accessor(CENTER, "need_sums", state.NEED_SUMS)
time_sum_at = row_accessor(CENTER, "time_sums", state.TIME_SUM)
waits_at = row_accessor(CENTER, "waits", state.WAITS)
ages_at = row_accessor(CENTER, "ages", state.WAITS)
bin_edge_at = row_accessor(CENTER, "bin_edges", state.BIN_EDGE)
attempt_row_at = row_accessor(CENTER, "attempt_rows", state.ATTEMPT_ROW)
need_row_at = row_accessor(CENTER, "need_rows", state.NEED_ROW)
spell_row_at = row_accessor(CENTER, "spell_rows", state.SPELL_ROW)

fetch_contact = row_prefetcher(CENTER, "contacts", state.CONTACT)
fetch_need = row_prefetcher(CENTER, "needs", state.NEED)
fetch_agent = row_prefetcher(CENTER, "agents", state.AGENT)
