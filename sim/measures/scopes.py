"""Whom a figure speaks of: the whole center, or one contact type, agent group, channel or bot."""

from __future__ import annotations

from typing import Literal

Scope = Literal["total", "contact_type", "agent_group", "channel", "bot"]
Key = tuple[str, Scope]  # measure, and what its sums are kept by
