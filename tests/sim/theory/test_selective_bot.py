"""Theory: talk time behind a selective bot, against the defining double integral and the published example."""

from __future__ import annotations

import math

import mpmath
import pytest

from sim.theory import lognormal_sigma, talk_factor_after_bot, talk_factor_of_contained


def test_the_published_example():
    assert talk_factor_after_bot(0.4, 0.6, 0.9) == pytest.approx(1.310, abs=5e-4)


def handed_over_by_integration(contained_share, selectivity, sigma):
    """E[e^{σ Z − σ² / 2} 1(Y ≤ q)] / (1 − c′), over Z, with P(Y ≤ q | Z) = Φ((q + s Z) / √(1 − s²))."""
    with mpmath.workdps(30):
        c, s, sd = (mpmath.mpf(value) for value in (contained_share, selectivity, sigma))
        q = mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * c)

        def kept(z):
            left = mpmath.ncdf((q + s * z) / mpmath.sqrt(1 - s * s))
            return mpmath.exp(sd * z - sd * sd / 2) * mpmath.npdf(z) * left

        return float(mpmath.quad(kept, range(-12, 17, 2)) / (1 - c))


@pytest.mark.parametrize("contained_share", [0.01, 0.4, 0.96])
@pytest.mark.parametrize("selectivity", [0.0, 0.3, 0.6, 0.95])
@pytest.mark.parametrize("sigma", [0.2, 0.9, 1.5])
def test_equals_the_defining_integral(contained_share, selectivity, sigma):
    exact = handed_over_by_integration(contained_share, selectivity, sigma)
    assert talk_factor_after_bot(contained_share, selectivity, sigma) == pytest.approx(exact, rel=1e-11)


@pytest.mark.parametrize("contained_share", [0.01, 0.4, 0.96])
@pytest.mark.parametrize("selectivity", [0.0, 0.6, 1.0])
def test_both_sides_average_to_all_contacts(contained_share, selectivity):
    handed_over = talk_factor_after_bot(contained_share, selectivity, 0.9)
    contained = talk_factor_of_contained(contained_share, selectivity, 0.9)
    assert contained_share * contained + (1.0 - contained_share) * handed_over == pytest.approx(
        1.0, rel=1e-13
    )
    assert contained <= 1.0 + 1e-13
    assert handed_over >= 1.0 - 1e-13


def test_ends_of_the_range():
    assert talk_factor_after_bot(0.0, 0.6, 0.9) == 1.0
    assert talk_factor_of_contained(1.0, 0.6, 0.9) == 1.0
    with pytest.raises(ValueError, match="nobody is handed over"):
        talk_factor_after_bot(1.0, 0.6, 0.9)
    with pytest.raises(ValueError, match="nobody is contained"):
        talk_factor_of_contained(0.0, 0.6, 0.9)
    with pytest.raises(ValueError, match=r"^selectivity: got 1.2, expected a share in \[0, 1\]$"):
        talk_factor_after_bot(0.4, 1.2, 0.9)


def test_sigma_of_a_coefficient_of_variation():
    """A lognormal with σ = 0.9 has cv² = e^{0.81} − 1."""
    assert lognormal_sigma(math.sqrt(math.expm1(0.81))) == pytest.approx(0.9, rel=1e-14)
