"""Rows of the center's tables, each found by its position: `contact_at(c, i)`."""

from __future__ import annotations

from sim.kernel import given, state, written
from sim.kernel.memory import record_at_address, row_accessor, row_prefetcher
from sim.kernel.state import CENTER

center_at = record_at_address(CENTER)

contact_at = row_accessor(CENTER, "contacts", state.CONTACT)
need_at = row_accessor(CENTER, "needs", state.NEED)
agent_at = row_accessor(CENTER, "agents", state.AGENT)
line_at = row_accessor(CENTER, "lines", state.LINE)
shelf_at = row_accessor(CENTER, "shelves", state.LINE)
pace_at = row_accessor(CENTER, "paces", given.PACE)
group_at = row_accessor(CENTER, "groups", given.GROUP)
type_at = row_accessor(CENTER, "types", given.TYPE)
bot_at = row_accessor(CENTER, "bots", given.BOT)
event_at = row_accessor(CENTER, "events", given.EVENT)
planned_at = row_accessor(CENTER, "agenda", given.PLANNED)
skill_at = row_accessor(CENTER, "skills", given.SKILL)
route_at = row_accessor(CENTER, "routes", given.ROUTE)
experience_at = row_accessor(CENTER, "experience", given.EXPERIENCE)
law_at = row_accessor(CENTER, "laws", given.LAW)
node_at = row_accessor(CENTER, "nodes", given.NODE)
value_at = row_accessor(CENTER, "values", given.VALUE)
step_at = row_accessor(CENTER, "steps", given.STEP)
arrival_step_at = row_accessor(CENTER, "arrival_steps", given.STEP)
moment_at = row_accessor(CENTER, "moments", given.MOMENT)
span_at = row_accessor(CENTER, "spans", given.SPAN)
peak_at = row_accessor(CENTER, "peaks", given.SPAN)
attempt_sums_at = row_accessor(CENTER, "attempt_sums", written.ATTEMPT_SUMS)
need_sums_at = row_accessor(CENTER, "need_sums", written.NEED_SUMS)
time_sum_at = row_accessor(CENTER, "time_sums", written.TIME_SUM)
waits_at = row_accessor(CENTER, "waits", written.WAITS)
ages_at = row_accessor(CENTER, "ages", written.WAITS)
bin_edge_at = row_accessor(CENTER, "bin_edges", written.BIN_EDGE)
attempt_row_at = row_accessor(CENTER, "attempt_rows", written.ATTEMPT_ROW)
need_row_at = row_accessor(CENTER, "need_rows", written.NEED_ROW)
spell_row_at = row_accessor(CENTER, "spell_rows", written.SPELL_ROW)

fetch_contact = row_prefetcher(CENTER, "contacts", state.CONTACT)
fetch_need = row_prefetcher(CENTER, "needs", state.NEED)
fetch_agent = row_prefetcher(CENTER, "agents", state.AGENT)
