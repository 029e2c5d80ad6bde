"""The search for a period's offset: brackets close in, people never fall below one, small steps add one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from optimizer.requirement.offsets import CLOSE_MARGIN, Offset, raised


@given(needed=st.floats(-2.0, 2.0), slope=st.floats(0.1, 0.8))
def test_the_bracket_closes_around_what_is_needed(needed: float, slope: float) -> None:
    offset = Offset()
    for _ in range(40):
        if offset.settled:
            break
        tried = offset.value
        offset = offset.after(slope * (tried - needed))
    assert offset.settled
    if offset.close:
        assert 0.0 <= slope * (offset.value - needed) <= CLOSE_MARGIN
    else:
        assert offset.missed_at <= needed <= offset.held_at


@given(
    guess=st.lists(st.integers(1, 60), min_size=1, max_size=48),
    offset=st.floats(-3.0, 3.0),
    more=st.floats(0.0, 1.0),
)
def test_more_offset_never_means_fewer_people(guess: list[int], offset: float, more: float) -> None:
    people, load = np.array(guess), np.array(guess, dtype=float)
    fewer, many = (raised(people, load, np.full(len(guess), o)) for o in (offset, offset + more))
    assert (many >= np.where(offset * (offset + more) == 0.0, 0, fewer)).all()
    assert (fewer >= 1).all()


def test_no_offset_leaves_the_guess_alone_and_closed_hours_empty() -> None:
    guess = np.array([0, 4, 9])
    assert raised(guess, np.array([0.0, 3.0, 7.0]), np.zeros(3)).tolist() == [0, 4, 9]
    assert raised(guess, np.array([0.0, 3.0, 7.0]), np.full(3, 1.0))[0] == 0
