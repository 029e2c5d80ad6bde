"""A fitted law as the scenario file has it: digits that the record can tell, shares that add up to 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calibration.composing.statements import rounded

SHARE_PLACES = 4


def law_value(law: Mapping[str, Any]) -> dict[str, Any]:
    """The law's table with four significant digits, and shares to four decimals."""
    return {key: _value(key, value) for key, value in law.items()}


def _value(key: str, value: Any) -> Any:
    if key == "shares":
        return _shares(value)
    if key == "by":
        return [{"until": part["until"], "law": law_value(part["law"])} for part in value]
    if key == "of":
        shares = _shares([part["share"] for part in value])
        return [
            {"share": share, "law": law_value(part["law"])} for share, part in zip(shares, value, strict=True)
        ]
    if key.endswith("share"):
        return round(float(value), SHARE_PLACES)
    if isinstance(value, list | tuple):
        return [rounded(float(one)) for one in value]
    return rounded(float(value)) if isinstance(value, float) else value


def _shares(values: list[float]) -> list[float]:
    """To four decimals; the last takes what is left to 1."""
    first = [round(float(value), SHARE_PLACES) for value in values[:-1]]
    return [*first, round(1.0 - sum(first), SHARE_PLACES)]
