"""The words of the waterfall: what each bar and each variant is."""

from __future__ import annotations

BARS: dict[str, str] = {
    "claim": "On the slide",
    "minutes": "Contacts are not hours",
    "returns": "Wrongly closed or lost, and back",
    "selectivity": "Harder contacts are left",
    "handover": "Hand-over and transfer",
    "assist": "Agent assist shortens talk",
    "whole_people": "Whole people, shifts, target",
    "saved": "People really saved",
    "price": "Price of bot and assist",
    "net": "Money really saved",
}
EXPLAINED: dict[str, str] = {
    "claim": "the baseline plan, cut by the share of contacts reaching people that the bot now keeps away "
    "(closed or left, as vendors count)",
    "minutes": "contacts that the bot keeps may be longer or shorter than the average, and some of them would have "
    "been followed by another",
    "returns": "closed but not served, or left in the bot: they come back and take people's time",
    "selectivity": "the bot takes the easy contacts, so what is left takes longer",
    "handover": "handed over or transferred, a contact takes longer, or shorter, than one that came straight",
    "assist": "what the assistant takes off talk and wrap-up",
    "whole_people": "people come whole, in shifts with breaks, and small groups need more slack to keep the promise",
    "saved": "what the two confirmed plans say",
    "price": "running price beyond the baseline's; one-off price is not in",
    "net": "a year, of weeks like the simulated ones",
}
VARIANTS_TITLE = "The work behind the bars: what reaches people if nobody has to wait"
VARIANTS: dict[str, str] = {
    "baseline": "The baseline",
    "solved": "Design as on the slide: all that is kept is solved",
    "returns": "… some of it wrongly closed or lost",
    "selective": "… the easy contacts are taken",
    "handed_over": "… with hand-over and transfer factors",
    "assisted": "… with agent assist: the design",
}
FULL_TIME_H = 40.0
FULL_TIME = "one person = 40 paid hours a week"
HOW = (
    "Every step above “Whole people” is measured on the work that reaches people: the design is simulated again and "
    "again with one effect more each time, with so many people that nobody waits, on the same customers. Work is "
    "turned into paid hours at the rate of the baseline's plan: its paid hours ÷ the baseline's work. The last step "
    "is what the confirmed plans leave of that. Lines are 95 % intervals of paired differences; those of “really "
    "saved” are what the two plans may cost too much (gaps, and service above the promise), and those of “Whole "
    "people” the sum of both, a bound."
)
