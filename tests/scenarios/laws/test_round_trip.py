"""Any small scenario, written as TOML and read again, is the same scenario."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import digest, dump, from_data

names = st.text(alphabet="abcxyzAB019_-席", min_size=1, max_size=8)
texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=0, max_size=20)
shares = st.floats(0, 1)
positive = st.floats(1e-3, 1e6)
means = st.builds(lambda mean: mean, positive)
laws = st.one_of(
    means,
    st.integers(0, 900),
    st.fixed_dictionaries({"law": st.just("constant"), "value": st.floats(0, 1e4)}),
    st.fixed_dictionaries(
        {"law": st.sampled_from(["gamma", "lognormal", "weibull"]), "mean": positive, "cv": positive}
    ),
    st.fixed_dictionaries({"law": st.just("erlang"), "mean": positive, "k": st.integers(1, 9)}),
    st.builds(
        lambda low, more: {"law": "uniform", "low": low, "high": low + more},
        st.floats(0, 99),
        st.floats(1, 99),
    ),
    st.builds(
        lambda share, first, rest: {
            "law": "mixture",
            "of": [
                {"share": share, "law": first},
                {"share": 1 - share, "law": {"law": "constant", "value": rest}},
            ],
        },
        shares,
        means,
        positive,
    ),
)
by_weekday = st.fixed_dictionaries(
    {"mon-fri": st.lists(positive, min_size=24, max_size=24), "sat-sun": st.just([1] * 24)}
)
arrivals = st.one_of(
    st.fixed_dictionaries({"per_h": positive}, optional={"factor": shares}),
    st.fixed_dictionaries({"per_day": positive, "shape": st.lists(positive, min_size=1, max_size=5)}),
    st.fixed_dictionaries(
        {"per_interval": st.one_of(by_weekday, st.lists(positive, min_size=24, max_size=24))}
    ),
)
contact_types = st.fixed_dictionaries(
    {"channel": st.just("voice"), "arrivals": arrivals, "talk_s": laws},
    optional={
        "label": st.one_of(
            texts, st.fixed_dictionaries({"zh": texts}), st.fixed_dictionaries({"en": texts, "zh": texts})
        ),
        "wrap_up_s": laws,
        "patience_s": laws,
        "redial": st.fixed_dictionaries(
            {"share": shares, "delay_s": laws}, optional={"skip_bot": st.booleans()}
        ),
        "resolution_rate": shares,
        "service_target": st.sampled_from(["80/20", {"max_mean_wait_s": 30.5}]),
    },
)
agents = st.one_of(
    st.just("plan"),
    st.fixed_dictionaries({"present": st.integers(0, 99)}),
    st.fixed_dictionaries({"present_per_interval": st.lists(st.integers(0, 9), min_size=24, max_size=24)}),
)


@st.composite
def small_scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Plain data of a scenario with one to three types, one group that takes all, and a source."""
    types = draw(st.dictionaries(names, contact_types, min_size=1, max_size=3))
    first = next(iter(types))
    data: dict[str, Any] = {"name": draw(names), "summary": draw(texts), "calendar": {"interval_min": 60}}
    data["contact_type"] = types
    data["agent_group"] = {draw(names): {"skills": list(types), "agents": draw(agents)}}
    if draw(st.booleans()):
        of_100 = {"solved": 50, "handed_over": 50}
        data["bot"] = {
            draw(names): {"selectivity": draw(shares), "contact_type": {first: {"of_100": of_100}}}
        }
    data["sources"] = {f"contact_type.{first}.talk_s": {"says": draw(texts), "grade": "A"}}
    return data


@settings(max_examples=100, deadline=None)
@given(small_scenarios())
def test_reading_what_was_written_gives_the_same(data: dict[str, Any]) -> None:
    scenario = from_data(data)
    again = from_data(tomllib.loads(dump(scenario)))
    assert again == scenario
    assert digest(again) == digest(scenario)
    assert dump(again) == dump(scenario)
