"""Laws of random times: the kinds that a file may name, each with its mean.

A bare number is an exponential with that mean, so that formula and simulation agree until one knows better.
"""

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

from scenarios.quantities import LARGEST, Above, Amount, CountFromOne, Share, wrong
from scenarios.table import Table

BARE = "bare number"


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
}


def _kind_of(value: object) -> str | None:
    """Which class reads this value; None where no law is named or nobody knows it."""
    if isinstance(value, Law):
        return value.law
    if isinstance(value, dict):
        name = value.get("law")
        return name if isinstance(name, str) and name in LAWS else None
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
    | Annotated[Law, PlainValidator(_from_number, json_schema_input_type=Amount), Tag(BARE)],
    Discriminator(_kind_of),
]


class MixturePart(Table):
    """A law and how often it is the one."""

    share: Share
    law: LawField


Mixture.model_rebuild()
MixturePart.model_rebuild()
