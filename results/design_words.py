"""Sentences of a decision: what was chosen, what stops the others, why not the bot that closes most, break-even."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from optimizer.design.answer import Answer
from optimizer.design.break_even import BreakEven
from optimizer.design.choice import Choice, Verdict
from optimizer.design.guardrails import Guarded, Limit
from optimizer.design.why import WhyNot
from results.formats import MONEY, PERCENT, figure_text, number_text, range_text, value_text
from results.texts.measures import words_of
from sim.measures.costs.time import months_of

# Sums over the horizon, told a month; everything else is told as it is.
_SUMS = (
    *("wrongly_closed", "reconnects", "answered", "paid_h"),
    *("cost_labor", "cost_outsourced", "cost_bot", "cost_assist", "cost_other"),
)
_PROVEN = {
    "proven": "proven: every other design is ruled out, dearer as planned, or dearer by its bound",
    "not proven": "not proven: some designs that may be cheaper were not planned (--most-plans)",
}


def chosen_text(answer: Answer) -> str:
    """The design chosen, its cost, bound and gap, and what the fresh draws say."""
    choice, currency = answer.choice, answer.study.baseline.money.currency
    if choice.best is None or choice.confirmed is None:
        return "None can be chosen: no design holds its service targets and guardrails."
    a_month, fresh = 1.0 / months_of(answer.study.baseline), choice.confirmed
    cost = figure_text(choice.best.cost, MONEY, scale=a_month)
    bound = value_text(choice.lower_bound, MONEY, scale=a_month)
    n_planned = f"{choice.n_planned} of {len(choice.verdicts)} designs were planned"
    people = f"people of the chosen one: {choice.best.plan.status.replace('_', ' ')}"
    text = (
        f"Chosen: {choice.best.candidate.label}. It costs {cost} {currency} a month; none costs less than {bound}, gap "
        f"{100.0 * (choice.gap or 0.0):.1f} %, {_PROVEN[choice.status]}. {n_planned}; {people}.{_scale_text(choice)} "
        f"Confirmed on {fresh.result.replications} replications (seed {fresh.result.seed}) on which nothing was "
        f"searched or chosen: {figure_text(fresh.cost, MONEY, scale=a_month)}"
    )
    if choice.is_cut_short:
        text = f"Cut short, this is the best so far. {text}"
    if choice.best is choice.baseline.weighed:
        return text + "."
    return (
        text + f", {figure_text(fresh.difference, MONEY, scale=a_month, signed=True)} against doing nothing."
    )


def _scale_text(choice: Choice) -> str:
    if choice.scale >= 1.0:
        return ""
    return (
        f" Bounds of people are the formulas' × {choice.scale:.3f}, as one plan was cheaper than its bound."
    )


def verdict_text(choice: Choice, verdict: Verdict) -> str:
    """What became of one design, in a few words."""
    found, best = verdict.weighed, choice.best
    if found is None:
        return _unplanned(verdict, choice)
    if best is not None and found.candidate.key == best.candidate.key:
        return "chosen"
    if not found.plan.holds:
        return "misses a service target"
    if found.broken:
        return "breaks a guardrail"
    if verdict.candidate.key in choice.refused:
        return "breaks a guardrail on fresh draws"
    return "dearer"


def _unplanned(verdict: Verdict, choice: Choice) -> str:
    if verdict.ruled_out:
        return "cannot hold a guardrail"
    if verdict.no_plan:
        return "no people for it"
    cost = None if choice.best is None else choice.best.cost.value
    return "not planned" if cost is None or verdict.bound < cost else "dearer by its bound"


def wanted_text(limit: Limit) -> str:
    """A limit as the head of a column: what is measured, and how much is wanted."""
    words = words_of(limit.measure)
    label = words.column.lower() + (f",\n{limit.contact_type}" if limit.contact_type else "")
    sign = f" {words.unit.sign}" if words.unit.sign and words.unit.sign != "money" else ""
    text = number_text(limit.wanted * words.unit.factor, words.unit.decimals)
    return f"{label}\n{'≥' if limit.sense == 'at least' else '≤'} {text}{sign}"


def stops_lines(choice: Choice) -> Iterator[str]:
    """Which guardrail stops which designs; and why some have no people."""
    for limit in choice.limits:
        hopeless = _numbers(choice, [v for v in choice.verdicts if _is_in(limit, v.ruled_out)])
        planned = [v for v in choice.verdicts if v.weighed is not None]
        broken = _numbers(choice, [v for v in planned if v.weighed and _is_in(limit, v.weighed.broken)])
        said = [f"{hopeless} even with people enough for everybody at once"] if hopeless else []
        said += [f"{broken} as planned"] if broken else []
        yield f"Guardrail {limit}: " + (f"stops {'; '.join(said)}." if said else "stops no design.")
    for n, verdict in enumerate(choice.verdicts, start=1):
        if verdict.no_plan:
            yield f"No people for {n}: {verdict.no_plan}"
        if verdict.weighed is not None and not verdict.weighed.plan.holds:
            yield f"{n} misses a service target: {verdict.weighed.plan.misses[0]}"


def _is_in(limit: Limit, found: Iterable[Guarded]) -> bool:
    return any(one.limit == limit for one in found)


def _numbers(choice: Choice, chosen: Sequence[Verdict]) -> str:
    """The numbers of these designs."""
    return ", ".join(str(n) for n, verdict in enumerate(choice.verdicts, start=1) if verdict in chosen)


def why_not_lines(answer: Answer) -> Iterator[str]:
    """What the bot that closes most changes beside the chosen design: the sentence, then figure by figure."""
    why = answer.why_not
    if why is None:
        return
    a_month, currency = 1.0 / months_of(answer.study.baseline), answer.study.baseline.money.currency
    yield _why_not_text(why, a_month, currency)
    for measure, change in why.changes.items():
        if abs(change.value or 0.0) > (change.half_width or 0.0):  # what chance may have done is left out
            words, scale = words_of(measure), a_month if measure in _SUMS else 1.0
            unit = currency if words.unit.sign == "money" else words.unit.sign
            per = "a month" if measure in _SUMS else ""
            after = " ".join(part for part in (unit, per) if part)
            text = figure_text(change, words.unit, scale=scale, signed=True)
            yield f"  {words.label}: {text}" + (f" {after}" if after else "")
    if why.own_prices:
        text = value_text(why.own_prices, MONEY, scale=a_month, signed=True)
        yield f"  Prices of the options and what is paid once: {text} {currency} a month"


def _why_not_text(why: WhyNot, a_month: float, currency: str) -> str:
    """Whether it is dearer or cheaper, and what speaks against it."""
    closed, chosen = (one.result.estimate("containment_rate") for one in (why.closes_most, why.chosen))
    cost = figure_text(why.cost, MONEY, scale=a_month, signed=True)
    of_chosen = "nothing" if chosen.value is None else f"{figure_text(chosen, PERCENT)} %"
    text = (
        f"Why not the bot that closes most ({why.closes_most.candidate.label}; it closes "
        f"{figure_text(closed, PERCENT)} % of the contacts that enter, the chosen design {of_chosen})? "
        f"Its cost differs by {cost} {currency} a month"
    )
    against = list(why.reasons)
    if (why.cost.value or 0.0) > (why.cost.half_width or 0.0):
        against.insert(0, "is dearer")
    said = f", and it {', and it '.join(against)}." if against else ", within chance."
    return text + said + " Beside the chosen design, on the same customers:"


def break_even_text(answer: Answer) -> str:
    """From which containment on the bots cost less than the same without them, with the interval; or that none is."""
    found, design, without = answer.pays_from, answer.bot_design, answer.without_bots
    if found is None or design is None or without is None:
        return ""
    head = f"Break-even of {design.label}, against {without.label}: "
    planned = f"{len(found.points)} points, people planned anew at each."
    if found.containment is None:
        less = "less even if its bots close nothing" if found.always else "more whatever its bots close"
        return f"{head}none in what its bots can close ({_closes(found)}); it costs {less}. {planned}"
    side = "from" if (found.slope or 0.0) < 0.0 else "up to"
    return (
        f"{head}it costs less {side} a containment of {number_text(100.0 * found.containment, 1)} % "
        f"({range_text(found.low, found.high, PERCENT)} %, 95 %, with the gaps of the plans); of what is closed the "
        f"same share is wrong everywhere. {planned}"
    )


def _closes(found: BreakEven) -> str:
    closed = [point.containment for point in found.points]
    return f"{range_text(min(closed), max(closed), PERCENT)} %"
