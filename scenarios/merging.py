"""How tables merge: `extends` (a file over another) and `like` (a contact type over another)."""

import re
from collections.abc import Mapping
from typing import Any

from scenarios.contact_types import SHORT_TARGET, target_from_words

Data = dict[str, Any]

# Of each row exactly one form may stand, so naming one drops the others, with the keys that only they use.
ONE_FORM_OF: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"per_day": ("shape",), "per_h": (), "per_interval": ()},
    {"present": (), "present_per_interval": (), "shifts": (), "plan": ()},
)


def merged(base: Data, over: Mapping[str, Any]) -> Data:
    """`base` with the tables of `over` merged in: `over` wins, lists are replaced, new keys come last."""
    result = {key: value for key, value in base.items() if key not in dropped_forms(base, over)}
    for key, value in over.items():
        result[key] = _merged_value(key, result.get(key), value)
    return result


def _merged_value(key: str, old: Any, new: Any) -> Any:
    """Two tables merge, unless the new one names another law; anything else is replaced."""
    if not isinstance(new, dict):
        return new
    base = written_out(key, old)
    if not isinstance(base, dict) or _names_another_law(base, new):
        return merged({}, new)
    return merged(base, new)


def _names_another_law(base: Data, new: Data) -> bool:
    return isinstance(new.get("law"), str) and new["law"] != base.get("law")


def written_out(key: str, value: Any) -> Any:
    """The table that a short form stands for, so that a few of its keys can be changed."""
    if key == "label" and isinstance(value, str):
        return {"en": value}
    if isinstance(value, str) and re.fullmatch(SHORT_TARGET, value):
        return target_from_words(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"law": "exponential", "mean": value}
    return value


def dropped_forms(base: Mapping[str, Any], over: Mapping[str, Any]) -> set[str]:
    """Keys of `base` that a form named in `over` does away with."""
    dropped: set[str] = set()
    for forms in ONE_FORM_OF:
        if any(form in over for form in forms):
            gone = [form for form in forms if form in base and form not in over]
            dropped.update(gone)
            dropped.update(key for form in gone for key in forms[form] if key not in over)
    return dropped
