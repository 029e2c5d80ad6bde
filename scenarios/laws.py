"""Laws of random times: the kinds that a file may name, each with its mean.

A bare number is an exponential with that mean, so that formula and simulation agree until one knows better.
"""

from collections.abc import Mapping
from itertools import pairwise
from math import fsum
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    PlainValidator,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
)

from scenarios.calendar_days import DAY_S, clock_s
from scenarios.quantities import LARGEST, Above, Amount, ClockTime, CountFromOne, Share, wrong
from scenarios.table import Table

BARE = "bare number"
BY = "by"  # the key of a law that varies with the clock, which is also what it is called where others have a name


class Law(Table):
    """A law of a time, in the unit that its key carries."""

    law: str
    balk_share: Share = Field(
        default=0.0, description="patience only: leaves when it cannot be served at once"
    )

    @property
    def expected(self) -> float:
        """Mean of the law, in the unit of its key (a balking share does not enter)."""
        raise NotImplementedError

    @model_serializer(mode="wrap")
    def _always_named(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A law keeps its name in every file that we write, though it is each class's default."""
        named: dict[str, Any] = handler(self)
        return {"law": self.law} | named


class Constant(Law):
    """Always the same value."""

    law: Literal["constant"] = "constant"
    value: Amount

    @property
    def expected(self) -> float:
        """The value itself."""
        return self.value


class Exponential(Law):
    """Memoryless."""

    law: Literal["exponential"] = "exponential"
    mean: Above

    @property
    def expected(self) -> float:
        """The mean as given."""
        return self.mean


class _MeanAndCv(Law):
    mean: Above
    cv: Above = Field(description="coefficient of variation: standard deviation divided by mean")

    @property
    def expected(self) -> float:
        """The mean as given."""
        return self.mean


class Gamma(_MeanAndCv):
    """Gamma with shape 1 / cv²."""

    law: Literal["gamma"] = "gamma"


class Lognormal(_MeanAndCv):
    """Lognormal with σ² = ln(1 + cv²): what talk times look like."""

    law: Literal["lognormal"] = "lognormal"


class Weibull(_MeanAndCv):
    """Weibull: hazard falls for cv above 1, rises below."""

    law: Literal["weibull"] = "weibull"


class Erlang(Law):
    """Sum of k exponentials."""

    law: Literal["erlang"] = "erlang"
    mean: Above
    k: CountFromOne

    @property
    def expected(self) -> float:
        """The mean of the sum, as given."""
        return self.mean


class Uniform(Law):
    """Anything between low and high alike."""

    law: Literal["uniform"] = "uniform"
    low: Amount
    high: Above

    @property
    def expected(self) -> float:
        """(low + high) / 2."""
        return (self.low + self.high) / 2


class Hyperexponential(Law):
    """One of several exponentials, each with its share."""

    law: Literal["hyperexponential"] = "hyperexponential"
    shares: tuple[Share, ...]
    means: tuple[Above, ...]

    @property
    def expected(self) -> float:
        """Means weighted by their shares."""
        return fsum(share * mean for share, mean in zip(self.shares, self.means, strict=True))


class Mixture(Law):
    """One of several laws, each with its share."""

    law: Literal["mixture"] = "mixture"
    of: tuple["MixturePart", ...]

    @property
    def expected(self) -> float:
        """Means of the parts weighted by their shares."""
        return fsum(part.share * part.law.expected for part in self.of)


class Empirical(Law):
    """The values of a sample, each as likely as any other; they stand in a CSV file or in the scenario itself."""

    law: Literal["empirical"] = "empirical"
    file: str | None = Field(default=None, description="a CSV file beside this one, read when it is loaded")
    column: str | None = Field(default=None, description="named in the file's first line")
    values: tuple[Amount, ...] = Field(default=(), description="in place of file and column")

    @property
    def expected(self) -> float:
        """The mean of the sample."""
        return fsum(self.values) / len(self.values)


class ByTime(Law):
    """One law after the other through the day: the time of arrival on the clock says which."""

    law: Literal["by"] = "by"
    by: tuple["LawUntil", ...] = Field(description="in order of the clock; the last until 24:00")

    @property
    def expected(self) -> float:
        """The mean over the clock, every hour of it weighing the same."""
        return fsum(share * part.law.expected for share, part in zip(self.shares, self.by, strict=True))

    @property
    def shares(self) -> tuple[float, ...]:
        """How much of the clock belongs to each part."""
        ends_s = [clock_s(part.until) for part in self.by]
        return tuple((end - start) / DAY_S for start, end in pairwise([0.0, *ends_s]))

    @model_serializer(mode="wrap")
    def _always_named(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The list is name enough."""
        named: dict[str, Any] = handler(self)
        return {key: value for key, value in named.items() if key != "law"}


LAWS: dict[str, type[Law]] = {
    "constant": Constant,
    "exponential": Exponential,
    "gamma": Gamma,
    "lognormal": Lognormal,
    "weibull": Weibull,
    "erlang": Erlang,
    "uniform": Uniform,
    "hyperexponential": Hyperexponential,
    "mixture": Mixture,
    "empirical": Empirical,
    BY: ByTime,
}
NAMES = tuple(name for name in LAWS if name != BY)


def name_of_law(table: Mapping[str, Any]) -> str | None:
    """The law that a table names, known or not; None where it names none."""
    name = table.get("law", BY if BY in table else None)
    return name if isinstance(name, str) else None


def law_called(table: Mapping[str, Any]) -> type[Law] | None:
    """The class that reads this table; None where it names no law or one that nobody knows."""
    return LAWS.get(name_of_law(table) or "")


def _kind_of(value: object) -> str | None:
    """Which class reads this value; None where no law is named or nobody knows it."""
    if isinstance(value, Law):
        return value.law
    if isinstance(value, dict):
        called = law_called(value)
        return str(called.model_fields["law"].default) if called else None
    return None if isinstance(value, bool) or not isinstance(value, int | float) else BARE


def _from_number(value: float) -> Law:
    """Exponential with that mean; 0 is no time at all."""
    if not 0 <= value <= LARGEST:
        raise wrong("a law, or its mean as a number, 0 or more")
    return Exponential(mean=value) if value else Constant(value=0)


LawField = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Weibull, Tag("weibull")]
    | Annotated[Erlang, Tag("erlang")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Hyperexponential, Tag("hyperexponential")]
    | Annotated[Mixture, Tag("mixture")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[ByTime, Tag(BY)]
    | Annotated[Law, PlainValidator(_from_number, json_schema_input_type=Amount), Tag(BARE)],
    Discriminator(_kind_of),
]


class MixturePart(Table):
    """A law and how often it is the one."""

    share: Share
    law: LawField


class LawUntil(Table):
    """A law and the time of day until which arrivals have it."""

    until: ClockTime
    law: LawField


Mixture.model_rebuild()
MixturePart.model_rebuild()
ByTime.model_rebuild()
