"""Delight: in a share of conversations the agent does more than anybody expected."""

from __future__ import annotations

from sim.center.contact import Contact
from sim.center.state import Center
from sim.chance.draws import Purpose


def delight_s(c: Center, contact: Contact) -> float:
    """What the agent adds to the talk of the conversation that begins: by a number of the conversation's own."""
    experience = c.world.experience
    if experience is None or experience.delight.share == 0.0:
        return 0.0
    need, delight = contact.need, experience.delight
    delights = c.sample.uniform(need.key, Purpose.DELIGHTS, need.conversations) < delight.share
    return delight.talk_s if delights else 0.0
