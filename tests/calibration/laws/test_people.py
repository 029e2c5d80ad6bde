"""Whole heads by group, steps of time, groups by skills, and staffing files."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.people import Known, StaffingError, fit_people, read_staffing
from calibration.people.heads import whole_heads, whole_heads_by_group
from calibration.people.services import Services, joined
from calibration.people.skills import fit_skills
from calibration.people.steps import Steps, spans_as_steps
from calibration.people.working import ratio_by_day, working_share
from tests.calibration.made import contacts_of

people = st.lists(st.floats(0.0, 8.0), min_size=12, max_size=12)


@given(people, people, people)
def test_groups_add_up_to_all_and_keep_their_hours(one: list[float], two: list[float], three: list[float]):
    present = np.array([one, two, three])
    heads = whole_heads_by_group(present)
    assert heads.sum(axis=0).tolist() == whole_heads(present.sum(axis=0)).tolist()
    assert np.all(heads[present == 0.0] == 0)


@given(st.lists(st.tuples(st.floats(0.0, 7000.0), st.floats(0.0, 2000.0)), max_size=20))
def test_the_mean_of_a_count_keeps_the_time_of_its_spans(spans: list[tuple[float, float]]):
    from_s = np.array([start for start, _ in spans])
    to_s = from_s + np.array([length for _, length in spans])
    mean = spans_as_steps(from_s, to_s).mean_by(np.arange(0.0, 9001.0, 900.0))
    assert mean.sum() * 900.0 == pytest.approx((to_s - from_s).sum(), abs=1e-6)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0.0, 5000.0), st.floats(1.0, 500.0)), min_size=1, max_size=20
    )
)
def test_services_joined_cover_the_same_moments_and_do_not_overlap(rows: list[tuple[int, float, float]]):
    table = np.array(rows)
    services = Services(table[:, 0].astype(np.int64), table[:, 1], table[:, 1] + table[:, 2])
    found = joined(services)
    for agent in range(3):
        own = found.agent == agent
        before, after = services.of(services.agent == agent), found.of(own)
        moments = np.linspace(0.0, 5600.0, 200)
        at = spans_as_steps(before.began_s, before.ended_s).at(moments) > 0
        assert (spans_as_steps(after.began_s, after.ended_s).at(moments) == at).all()
        assert np.all(after.began_s[1:] >= after.ended_s[:-1] - 1e-6)


def test_people_with_the_same_queues_are_one_group():
    # Four serve calls and mail, three serve calls alone; the one wrong click of a3 is no skill.
    rng = np.random.default_rng(1)
    agent = np.repeat(np.arange(7), 300)
    queue = np.where(agent < 4, rng.random(2100) < 0.4, False).astype(int)
    queue[1000] = queue[1250] = 1
    contacts = contacts_of(
        np.arange(2100) * 30.0, talk_s=60.0, agent=agent, queue=queue, queues=("calls", "mail")
    )
    skills = fit_skills(contacts)
    assert skills.serves.tolist() == [[True, True], [True, False]]
    assert skills.group.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert fit_people(contacts).groups[1].queues == (0,)


def test_groups_stay_few_and_every_queue_has_somebody():
    # Thirty people, each with a random half of ten queues.
    rng = np.random.default_rng(2)
    has = rng.random((30, 10)) < 0.5
    has[:, 0] = True
    agent = np.repeat(np.arange(30), 200)
    queue = np.array([rng.choice(np.nonzero(has[one])[0]) for one in agent])
    names = tuple("abcdefghij")
    skills = fit_skills(
        contacts_of(np.arange(6000) * 5.0, talk_s=60.0, agent=agent, queue=queue, queues=names)
    )
    assert len(skills.share) <= 4
    assert skills.serves.any(axis=0).all()
    assert skills.share.sum() == pytest.approx(1.0)


def write(folder: Path, text: str) -> Path:
    file = folder / "staffing.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_staffing_file_goes_before_what_the_contacts_tell(tmp_path: Path):
    file = write(tmp_path, "interval_start,agents_present\n2026-03-02 08:00,2.5\n2026-03-02 08:30,3\n")
    found = fit_people(contacts_of([8.1 * 3600], talk_s=60.0, agent=0), read_staffing(file))
    assert found.known == Known.STAFFING
    assert found.total[0, 15:18].tolist() == [0.0, 2.5, 3.0]
    assert found.heads()[0, 0, 16:18].tolist() == [3, 3]
    assert found.hours_by_others[Known.INFERRED] == pytest.approx(60 / 3600)


def test_quarter_hours_make_half_hours_and_groups_add_up(tmp_path: Path):
    rows = [f"2026-03-02 08:{m:02d},{n},{g}" for g, n in (("x", 2), ("y", 4)) for m in (0, 15, 30, 45)]
    staffing = read_staffing(
        write(tmp_path, "interval_start,agents_present,group\n" + "\n".join(rows) + "\n")
    )
    assert staffing.groups == ("x", "y")
    table = staffing.table(date(2026, 3, 2), 1, 1800)
    assert table[:, 0, 16:18].tolist() == [[2.0, 2.0], [4.0, 4.0]]
    assert staffing.table(date(2026, 3, 2), 1, 450)[:, 0, 64].tolist() == [2.0, 4.0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("start,agents_present\n", "column interval_start missing; expected interval_start, agents_present"),
        ("interval_start,agents_present\n", "no rows"),
        (
            "interval_start,agents_present\n2026-03-02 08:00,two\n",
            'line 2, agents_present: found "two", expected people present, 0 or more',
        ),
        (
            "interval_start,agents_present\n8 o'clock,1\n9 o'clock,1\n",
            'found "8 o\'clock", expected a date and time such as 2026-03-02T08:30 (and 1 more lines)',
        ),
    ],
)
def test_a_staffing_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, sentence: str):
    with pytest.raises(StaffingError, match=r"^staffing\.csv: ") as said:
        read_staffing(write(tmp_path, text))
    assert sentence in str(said.value)


def test_who_works_while_customers_wait_is_a_share_of_those_counted():
    # Two days of 30 and 10 minutes: Σ work ÷ Σ presence, by days weighted as they were.
    found = working_share(np.array([[1500.0], [300.0]]), np.array([[1800.0], [600.0]]), 86_400)
    assert found.overall.value == pytest.approx(1800 / 2400)
    assert found.overall.standard_error is None  # two days are too few


@given(st.lists(st.floats(10.0, 100.0), min_size=6, max_size=12), st.floats(0.3, 1.0))
def test_days_alike_leave_no_doubt_of_the_share(counted: list[float], share: float):
    whole = np.array(counted)
    found = ratio_by_day(share * whole, whole)
    assert found.value == pytest.approx(share)
    assert found.standard_error == pytest.approx(0.0, abs=1e-9)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=12)


def counted(rows: list[tuple[int, int]]) -> Steps:
    from_s = np.array([start for start, _ in rows], dtype=np.float64)
    return spans_as_steps(from_s, from_s + np.array([length for _, length in rows], dtype=np.float64))


@given(spans, spans)
def test_a_count_while_another_is_zero_is_so_at_every_moment(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
):
    own, other, moments = counted(one), counted(two), np.arange(-1.0, 100.0, 0.5)
    expected = np.where(other.at(moments) > 0, 0, own.at(moments))
    assert own.while_zero(other).at(moments).tolist() == expected.tolist()
