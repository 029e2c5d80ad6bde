"""How tables merge: a file over the one it extends, a contact type over the one it is like."""

import re
from collections.abc import Mapping
from typing import Any

from scenarios.contact_types import SHORT_TARGET, target_from_words
from scenarios.laws import name_of_law

Data = dict[str, Any]

# In these tables exactly one of the forms may stand.
FORMS = {
    "empirical": ("file", "values"),
    "arrivals": ("per_day", "per_h", "per_interval", "file", "replay"),
    "agents": ("present", "present_per_interval", "file", "shifts"),
}


def merged(base: Data, over: Mapping[str, Any]) -> Data:
    """`base` with the tables of `over` merged in: `over` wins, lists are replaced, new keys come last."""
    result = dict(base)
    for key, value in over.items():
        result[key] = _merged_value(key, result.get(key), value)
    return result


def _merged_value(key: str, old: Any, new: Any) -> Any:
    """Two tables merge, unless the new one is of another kind; anything else is replaced."""
    if not isinstance(new, dict):
        return new
    base = written_out(key, old)
    if not isinstance(base, dict) or _is_of_another_kind(key, base, new):
        return merged({}, new)
    return merged(base, new)


def _is_of_another_kind(key: str, base: Data, new: Data) -> bool:
    """Another law, or another form of arrivals or agents: what the old one said besides does not fit the new."""
    law = name_of_law(new)
    if law not in (None, name_of_law(base)):
        return True
    forms = FORMS.get(law or key, ())
    before, named = ({form for form in forms if form in table} for table in (base, new))
    return bool(before and named) and before.isdisjoint(named)


def written_out(key: str, value: Any) -> Any:
    """The table that a short form stands for, so that a few of its keys can be changed."""
    if key == "label" and isinstance(value, str):
        return {"en": value}
    if isinstance(value, str) and re.fullmatch(SHORT_TARGET, value):
        return target_from_words(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"law": "exponential", "mean": value}
    return value
