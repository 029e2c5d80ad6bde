"""Writes figures as the scenario file has them: numbers as short as they are sure, lists wrapped, laws inline."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from calibration.bank_figures import Lognormal
from calibration.bank_patience import Patience
from calibration.service.hang_ups import Talk

VALUES_PER_LINE = 16


def number(value: float, digits: int = 3) -> str:
    """The value to so many significant digits, without an exponent and without trailing zeros."""
    text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    return text.rstrip(".")


def share(value: float) -> str:
    """A share to four decimals: what a hundred thousand calls can tell."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def listed(key: str, values: Iterable[float]) -> str:
    """`key = [ … ]` over several lines; values to two decimals."""
    words = [f"{round(value, 2):g}" for value in values]
    lines = [
        "  " + ", ".join(words[start : start + VALUES_PER_LINE]) + ","
        for start in range(0, len(words), VALUES_PER_LINE)
    ]
    return "\n".join([f"{key} = [", *lines, "]"])


def by_class(profiles: dict[str, npt.NDArray[np.float64]]) -> str:
    """One list for each class of weekdays, midnight to midnight."""
    return "\n".join(listed(name, values.tolist()) for name, values in profiles.items())


def lognormal_law(law: Lognormal) -> str:
    """A lognormal law."""
    return f'{{ law = "lognormal", mean = {number(law.mean)}, cv = {number(law.cv)} }}'


def talk_law(talk: Talk) -> str:
    """Hang-ups of the agent, exponential, and lognormal conversations."""
    hang_ups = share(talk.hang_up_share)
    seconds = f'{{ law = "exponential", mean = {number(talk.hang_up_mean_s)} }}'
    talks = lognormal_law(Lognormal(talk.mean_s, talk.cv))
    return (
        '{ law = "mixture", of = [\n'
        f"  {{ share = {hang_ups}, law = {seconds} }},\n"
        f"  {{ share = {share(1.0 - float(hang_ups))}, law = {talks} }},\n"
        "] }"
    )


def patience_law(patience: Patience) -> str:
    """One exponential or two, with the share that balks."""
    balk = f", balk_share = {share(patience.balk_share)}" if patience.balk_share > 0.0 else ""
    if len(patience.means_s) == 1:
        return f'{{ law = "exponential", mean = {number(patience.means_s[0])}{balk} }}'
    first = share(patience.shares[0])
    shares = f"[{first}, {share(1.0 - float(first))}]"
    means = f"[{', '.join(number(mean) for mean in patience.means_s)}]"
    return f'{{ law = "hyperexponential", shares = {shares}, means = {means}{balk} }}'
