"""A change is checked like a file."""

from typing import Any

import pytest

from scenarios import FaultyInput, load

ROWS: list[tuple[str, dict[str, Any], str]] = [
    (
        "a share above 1",
        {"contact_type.call.resolution_rate": 82},
        "erlang-c (changed): contact_type.call.resolution_rate: got 82, expected a share in [0, 1] (write 0.82)",
    ),
    (
        "a key nobody knows",
        {"contact_type.call.patience": 82},
        "erlang-c (changed): contact_type.call.patience: unknown key; did you mean 'patience_s'?",
    ),
    (
        "a type nobody knows",
        {"contact_type.cal.patience_s": 82},
        "erlang-c (changed): contact_type.cal: unknown contact type; did you mean 'call'?",
    ),
    (
        "a whole and a part",
        {"contact_type.call.talk_s": 300, "contact_type.call.talk_s.mean": 200},
        "changes: contact_type.call.talk_s.mean: 'talk_s' is set as a whole too, expected one or the other",
    ),
]


@pytest.mark.parametrize(("reason", "changes", "sentence"), ROWS, ids=[row[0] for row in ROWS])
def test_faulty_change(reason: str, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FaultyInput) as raised:
        load("erlang-c").changed(changes)
    assert str(raised.value) == sentence, reason
