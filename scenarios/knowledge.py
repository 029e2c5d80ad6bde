"""The knowledge that people and bot answer from: how good it is, how it decays, and what hangs on it."""

from typing import Annotated

from pydantic import Field

from scenarios.quantities import Money, Number, Share, ShareBelowOne
from scenarios.table import Table

Quality = Annotated[float, Number("a number above 0, at most 1.5", low=0, high=1.5, above=True)]


class Knowledge(Table):
    """Quality 1 is the knowledge with which talk times and bot were measured. The effects are assumptions."""

    quality: Quality = Field(default=1.0, description="at the start of the horizon; 1: as measured")
    decay_per_month: ShareBelowOne = Field(default=0.0, description="lost of it each month without upkeep")
    upkeep_per_month: Money = 0.0
    bot_effect: Share = Field(
        default=1.0, description="of what is missing, this share of solved is handed over"
    )
    talk_effect: Share = Field(default=0.2, description="talk is longer by this × what is missing")
    spread_effect: Share = Field(default=0.5, description="talk_spread is larger by this × what is missing")
