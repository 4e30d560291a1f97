"""Laws of times spent in a state."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from hyosan.scenario.estimates import WRITTEN, Source
from hyosan.scenario.quantities import in_words, seconds, shown
from hyosan.scenario.section import Section, count, number, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding

Duration = Annotated[int, BeforeValidator(seconds), PlainSerializer(in_words, return_type=str)]
"""A time with a unit, kept in whole seconds [s]."""

Family = Literal["fixed", "exponential", "erlang", "gamma", "weibull", "lognormal"]

LEAST_SHAPE, MOST_SHAPE = 0.1, 1000.0
LEAST_WEIBULL_SHAPE = 0.25
MOST_SIGMA = 1.7
"""Beyond these a table of quantiles that ends at a tail of 2**-33 would miss more than 0.1 % of the variance."""

LONGEST_TAIL = 2.0**38
"""The longest time that a table holds [s]."""

_WAYS: dict[str, tuple[frozenset[str], ...]] = {
    "fixed": (frozenset({"mean"}),),
    "exponential": (frozenset({"mean"}),),
    "erlang": (frozenset({"mean", "stages"}),),
    "gamma": (frozenset({"mean", "sd"}), frozenset({"mean", "shape"}), frozenset({"shape", "scale"})),
    "weibull": (frozenset({"shape", "scale"}), frozenset({"mean", "shape"})),
    "lognormal": (frozenset({"median", "dispersion"}), frozenset({"mean", "sd"})),
}
"""Parameters that determine a law, by family."""


def _determined(law: Distribution) -> Iterator[Finding]:
    """Exactly the parameters of one way to write the family."""
    given = law.given
    if given not in _WAYS[law.distribution]:
        ways = ", or ".join(" and ".join(sorted(way)) for way in _WAYS[law.distribution])
        found = " and ".join(sorted(given)) or "nothing"
        yield (), f"a {law.distribution} distribution is given {found}. Give {ways}."
        return
    for name in ("given_mean", "sd", "scale", "median"):
        if getattr(law, name) == 0:
            key = name.removeprefix("given_")
            yield (key,), "is 0 seconds. Write at least 1 second; a state that takes no time is no state."
            return
    _, shape, scale = law.canonical
    least = LEAST_WEIBULL_SHAPE if law.distribution == "weibull" else LEAST_SHAPE
    if law.distribution in ("gamma", "weibull") and not least <= shape <= MOST_SHAPE:
        bounds = f"{least:g} to {MOST_SHAPE:g}"
        yield (), f"the shape is {shape:.4g}. It may be {bounds}; a larger one is as good as fixed."
        return
    if law.distribution == "lognormal" and not 0 < shape <= MOST_SIGMA:
        yield (
            (),
            f"sigma, the logarithm of the dispersion, is {shape:.4g}. Above 0 and at most {MOST_SIGMA:g} is possible.",
        )
        return
    if not 0 < scale < math.inf:
        yield (), f"the scale comes out as {scale:.4g} seconds. Choose a larger shape or a longer time."
        return
    # Near the tail of 2**-33 an exponential is 23 times its mean, a normal 6.4 standard deviations off.
    powers = {"weibull": math.log(23.0) / shape, "lognormal": 6.4 * shape} if shape else {}
    if math.log(scale) + powers.get(law.distribution, 0.0) > math.log(LONGEST_TAIL):
        yield (), "its rarest times are beyond 8,700 years. Choose a shorter time, or a law that varies less."


class Distribution(Section):
    """The law of a time: a family and the parameters that people publish."""

    distribution: Annotated[Family, BeforeValidator(word(_WAYS))]
    """`fixed`, `exponential`, `erlang`, `gamma`, `weibull` or `lognormal`."""
    given_mean: Duration | None = Field(None, alias="mean")
    """Mean [s]; the property `mean` is there for every family."""
    sd: Duration | None = None
    """Standard deviation [s]."""
    median: Duration | None = None
    """Median [s]."""
    dispersion: Annotated[float, BeforeValidator(number(1.0, 20.0, "a dispersion"))] | None = None
    """exp(sigma) of a lognormal [1]."""
    shape: Annotated[float, BeforeValidator(number(LEAST_SHAPE, MOST_SHAPE, "a shape"))] | None = None
    """Shape of a gamma or Weibull [1]."""
    scale: Duration | None = None
    """Scale of a gamma or Weibull [s]."""
    stages: Annotated[int, BeforeValidator(count(1, 1000, "a number of stages"))] | None = None
    """Stages of an Erlang distribution, each exponential [1]."""
    source: Source = WRITTEN
    """Where the law comes from."""

    checks = (_determined,)

    @model_validator(mode="before")
    @classmethod
    def _no_bare_time(cls, data: object) -> object:
        """A time alone is no law: how it varies from person to person is for the writer to say."""
        if isinstance(data, str):
            raise ValueError(
                f"{shown(data)} is a time, but a table is needed that says how it varies. Write "
                f'{{ distribution = "fixed", mean = {shown(data)} }}, or another law; or change `mean` alone.'
            )
        return data

    @property
    def given(self) -> frozenset[str]:
        """Names of the parameters that were written."""
        names = {"mean": self.given_mean, "sd": self.sd, "median": self.median, "dispersion": self.dispersion}
        names |= {"shape": self.shape, "scale": self.scale, "stages": self.stages}
        return frozenset(name for name, value in names.items() if value is not None)

    @property
    def canonical(self) -> tuple[str, float, float]:
        """(Family, shape, scale [s]): see `rules.dwell.quantile_table`."""
        mean = float(self.given_mean or 0)
        if self.distribution == "fixed":
            return "fixed", 0.0, mean
        if self.distribution == "exponential":
            return "exponential", 1.0, mean
        if self.distribution == "erlang":
            return "gamma", float(self.stages or 1), mean / (self.stages or 1)
        if self.distribution == "gamma":
            shape = self.shape if self.shape is not None else (mean / float(self.sd or 1)) ** 2
            return "gamma", shape, float(self.scale) if self.scale is not None else mean / shape
        if self.distribution == "weibull":
            shape = self.shape or 1.0
            return "weibull", shape, float(self.scale) if self.scale is not None else _steady(mean / _gamma_mean(shape))
        if self.median is not None:
            return "lognormal", _ln(self.dispersion or 1.0), float(self.median)
        spread = 1.0 + (float(self.sd or 1) / mean) ** 2
        return "lognormal", math.sqrt(_ln(spread)), mean / math.sqrt(spread)

    @property
    def mean(self) -> float:
        """Mean of the law [s]."""
        family, shape, scale = self.canonical
        if family == "gamma":
            return shape * scale
        if family == "weibull":
            return scale * _gamma_mean(shape)
        if family == "lognormal":
            return scale * math.exp(shape * shape / 2)
        return scale


def _ln(value: float) -> float:
    """Natural logarithm, the same bits on every machine."""
    return float(Decimal(value).ln())


def _gamma_mean(shape: float) -> float:
    """Mean of a Weibull distribution of scale 1."""
    try:
        return math.gamma(1.0 + 1.0 / shape)
    except OverflowError:
        return math.inf


def _steady(value: float) -> float:
    """Rounded to 12 digits, so that the last bit of a library's gamma function never reaches a decision."""
    return float(f"{value:.12g}")
