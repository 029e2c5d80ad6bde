"""Leaves of the scenario file: numbers, names and clock times that check themselves.

Each leaf carries the words that a planner reads when the value is not one ("a share in [0, 1]"),
and the same limits for the JSON Schema.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LARGEST = 1e15  # nothing in a center is larger; NaN and infinity are not within it either
K = TypeVar("K")
V = TypeVar("V")


def wrong(expected: str, hint: str = "", found: str = "") -> PydanticCustomError:
    """The error that a leaf raises; `scenarios.translate` turns it into a fault's sentence."""
    return PydanticCustomError(
        "leaf", "expected {expected}", {"expected": expected, "hint": hint, "found": found}
    )


@dataclass(frozen=True)
class Number:
    """A finite number between `low` and `high`; with `above` or `below` the limit itself is out."""

    expected: str
    low: float = -inf
    high: float = inf
    above: bool = False
    below: bool = False
    whole: bool = False

    def check(self, value: object) -> float:
        """The number as it is to be kept: an int where whole numbers are meant, else a float."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(self.expected, self._unquoted(value))
        if not -LARGEST <= value <= LARGEST or not self._inside(value):
            raise wrong(self.expected, self._as_share(value))
        if not self.whole:
            return float(value)
        if value != int(value):
            raise wrong(self.expected)
        return int(value)

    @property
    def example(self) -> float:
        """A number that would do."""
        return next(value for value in (1, 0.5, 0, self.low) if self._inside(value))

    def _inside(self, value: float) -> bool:
        over_low = value > self.low if self.above else value >= self.low
        under_high = value < self.high if self.below else value <= self.high
        return over_low and under_high

    def _as_share(self, value: float) -> str:
        """82 where a share is meant is 0.82."""
        return f"write {value / 100:g}" if self.high == 1 and 2 <= value <= 100 else ""

    def _unquoted(self, value: object) -> str:
        """A number in quotes is a string to TOML."""
        if not isinstance(value, str) or not re.fullmatch(r"-?\d+(\.\d+)?%?", value):
            return ""
        if value.endswith("%"):
            return f"write {float(value[:-1]) / 100:g}" if self.high == 1 else ""
        return f"write {value} without quotes" if self._inside(float(value)) else ""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        limits: JsonSchemaValue = {"type": "integer" if self.whole else "number"}
        if isfinite(self.low):
            limits["exclusiveMinimum" if self.above else "minimum"] = self.low
        if isfinite(self.high):
            limits["exclusiveMaximum" if self.below else "maximum"] = self.high
        return limits


@dataclass(frozen=True)
class Words:
    """A string of a given form, as a regular expression over the whole of it."""

    expected: str
    form: str
    example: str

    def check(self, value: object) -> str:
        """The string itself, if it has the form."""
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise wrong(self.expected)
        return value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^(?:{self.form})$"}


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed, so that a scenario is a value; it can be hashed and pickled."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario does not change; make another one with scenario.changed({...})")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __reduce__(self) -> tuple[type["FrozenDict[K, V]"], tuple[dict[K, V]]]:
        return (FrozenDict, (dict(self),))


def frozen(table: Mapping[Any, Any]) -> FrozenDict[Any, Any]:
    """The same table, unchangeable."""
    return FrozenDict(table)


Frozen = AfterValidator(frozen)

Flag = Annotated[bool, Strict()]
CLOCK = r"([01]\d|2[0-3]):[0-5]\d|24:00"

Share = Annotated[float, Number("a share in [0, 1]", low=0, high=1)]
ShareBelowOne = Annotated[float, Number("a share in [0, 1), below 1", low=0, high=1, below=True)]
ShareAboveZero = Annotated[float, Number("a share in (0, 1], above 0", low=0, high=1, above=True)]
ShareInside = Annotated[
    float, Number("a share in (0, 1), above 0 and below 1", low=0, high=1, above=True, below=True)
]
Gain = Annotated[float, Number("a difference of shares in [-1, 1]", low=-1, high=1)]
Seconds = Annotated[float, Number("seconds, 0 or more", low=0)]
HoursLong = Annotated[float, Number("hours, above 0", low=0, above=True)]
HoursFrom = Annotated[float, Number("hours, 0 or more", low=0)]
MinutesLong = Annotated[float, Number("minutes, above 0", low=0, above=True)]
AMOUNT = Number("a number, 0 or more", low=0)
MonthsLong = Annotated[float, Number("months, above 0", low=0, above=True)]
Amount = Annotated[float, AMOUNT]
Above = Annotated[float, Number("a number above 0", low=0, above=True)]
Factor = Annotated[float, Number("a factor of 1 or more", low=1)]
NotAbove = Annotated[float, Number("a number, 0 or less", high=0)]
REAL = Number("a number")
Real = Annotated[float, REAL]
AtLeastOne = Annotated[float, Number("a number, 1 or more", low=1)]
Money = Annotated[float, Number("an amount of money, 0 or more", low=0)]
OfHundredth = Annotated[float, Number("a number of 100, from 0 to 100", low=0, high=100)]
COUNT = Number("a whole number, 0 or more", low=0, whole=True)
Count = Annotated[int, COUNT]
CountFromOne = Annotated[int, Number("a whole number, 1 or more", low=1, whole=True)]
Weekdays = Annotated[int, Number("a whole number of days from 1 to 7", low=1, high=7, whole=True)]
ClockTime = Annotated[str, Words('a clock time such as "08:30"', CLOCK, "08:30")]
FileName = Annotated[
    str, Words("a name that fits a file: letters, digits, '-' and '_'", r"[\w-]+", "unnamed")
]
Currency = Annotated[str, Words('a currency code such as "EUR"', r"[A-Z]{3}", "EUR")]
