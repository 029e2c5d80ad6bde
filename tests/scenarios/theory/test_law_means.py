"""Mean of each law, worked out on paper."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from scenarios.laws import LawField

READ = TypeAdapter[Any](LawField)
MEANS = [
    (300, 300),
    (0, 0),
    ({"law": "constant", "value": 7}, 7),
    ({"law": "exponential", "mean": 120, "balk_share": 0.5}, 120),
    ({"law": "gamma", "mean": 30, "cv": 0.5}, 30),
    ({"law": "lognormal", "mean": 240, "cv": 1.1}, 240),
    ({"law": "weibull", "mean": 60, "cv": 2}, 60),
    ({"law": "erlang", "mean": 20, "k": 4}, 20),
    ({"law": "uniform", "low": 60, "high": 100}, 80),
    ({"law": "hyperexponential", "shares": [0.25, 0.75], "means": [40, 80]}, 70),
    (
        {
            "law": "mixture",
            "of": [
                {"share": 0.5, "law": 10},
                {
                    "share": 0.5,
                    "law": {"law": "mixture", "of": [{"share": 1, "law": {"law": "constant", "value": 30}}]},
                },
            ],
        },
        20,
    ),
    ({"law": "empirical", "values": [10, 20, 60]}, 30),
    ({"by": [{"until": "06:00", "law": 100}, {"until": "24:00", "law": 300}]}, 250),
]


@pytest.mark.parametrize(("written", "mean"), MEANS)
def test_mean(written: Any, mean: float) -> None:
    assert READ.validate_python(written).expected == pytest.approx(mean, rel=1e-15)


def test_a_bare_number_is_an_exponential() -> None:
    assert READ.validate_python(300) == READ.validate_python({"law": "exponential", "mean": 300})
