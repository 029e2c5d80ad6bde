"""Delight: in a share of conversations the agent does more than anybody expected."""

from __future__ import annotations

from sim.center.contact import Contact
from sim.center.state import Center
from sim.chance.draws import Purpose


def delight_s(c: Center, contact: Contact) -> float:
    """What the agent adds to the talk of the conversation that begins: by a number of the conversation's own."""
    experience = c.world.experience
    if experience is None or experience.delight.share == 0.0 or contact.type.notices is not None:
        return 0.0
    delight = experience.delight
    u = c.sample.uniform(contact.need.key, Purpose.DELIGHTS, contact.conversation)
    return delight.talk_s if u < delight.share else 0.0
