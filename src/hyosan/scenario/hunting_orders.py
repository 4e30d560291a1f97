"""What is done against hunters in the streets of a city: warnings, cordons, patrols, buses and shelters."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, StrictBool

from hyosan.scenario.dated import Dated
from hyosan.scenario.distributions import Duration
from hyosan.scenario.estimates import Estimate, Share
from hyosan.scenario.quantities import in_words
from hyosan.scenario.section import at_most, count, number, text
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from hyosan.scenario.model import Scenario
    from hyosan.scenario.section import Finding

MOST_DISTRICTS = 60
MOST_UNITS = 100_000
MOST_SEATS = 1_000
MOST_ROOM = 100_000_000
MOST_PER_HOUR = 360.0
LONGEST_TRIP = 30 * DAY
"""From one boarding of a bus to its next, at most [s]."""

Districts = Annotated[
    tuple[Annotated[str, BeforeValidator(text(100))], ...], BeforeValidator(at_most(MOST_DISTRICTS, "districts"))
]


class Warn(Dated):
    """People are told that hunters are about, by radio, telephone and loudspeaker."""

    kind: Literal["warn"] = "warn"
    """`warn`."""
    share: Share
    """Share of people whom it reaches; they act as if they had seen hunters. Of several warnings in force the one
    with the largest share counts [1]."""


def _something_is_closed(cordon: Cordon) -> Iterator[Finding]:
    """A cordon is somewhere."""
    if not cordon.around and not cordon.bridges:
        yield ("around",), 'is missing. Write districts, such as around = ["Pyeonghwa-dong"], or bridges = true.'


class Cordon(Dated):
    """Streets are closed to everybody on foot, people and hunters, and to people who go to work or to the shops."""

    kind: Literal["cordon"] = "cordon"
    """`cordon`."""
    around: Districts = ()
    """Names of districts: streets between one of these and any other are closed."""
    bridges: StrictBool = False
    """Whether both ends of all bridges are closed."""
    leak: Share
    """Chance that one attempt to get past succeeds, and share of people who may pass on their way to work or to the
    shops [1]. A street that several cordons close belongs to the first of them."""

    checks = (_something_is_closed,)


class Patrol(Dated):
    """Police and army go where hunters are, and destroy them."""

    kind: Literal["patrol"] = "patrol"
    """`patrol`."""
    units: Annotated[int, BeforeValidator(count(0, MOST_UNITS, "a count"))]
    """Units that are out at once [1]."""
    per_hour: Annotated[float, BeforeValidator(number(0.0, MOST_PER_HOUR, "a number an hour"))]
    """Hunters that one unit destroys where there are enough [1/h]."""
    mistakes: Share = Estimate(value=0.0, source="assumed: nobody is hit by mistake")
    """Share of shots at hunters after which somebody outdoors in the same street is killed [1]."""
    districts: Districts = ()
    """Names of the districts to which units go; all if not written."""


def _a_trip_takes_time(evacuate: Evacuate) -> Iterator[Finding]:
    """A bus needs some time, and comes back."""
    if evacuate.trip == 0:
        yield ("trip",), "is 0 seconds: no trip at all. Write a time, such as '2 hours'."
    if evacuate.trip > LONGEST_TRIP:
        yield ("trip",), f"is {in_words(evacuate.trip)}; a bus is back after 30 days at most. Write a shorter time."


class Evacuate(Dated):
    """Buses take people out of the town, those nearest to hunters first."""

    kind: Literal["evacuate"] = "evacuate"
    """`evacuate`."""
    districts: Districts = ()
    """Names of the districts out of which people are taken; all if not written."""
    buses: Annotated[int, BeforeValidator(count(0, MOST_UNITS, "a count"))]
    """Buses that go to and fro [1]."""
    seats: Annotated[int, BeforeValidator(count(0, MOST_SEATS, "a count"))]
    """People in a bus, at most [1]."""
    trip: Duration = 2 * HOUR
    """From one boarding of a bus to its next, 30 days at most [s]; after half of it people are out of the town; the
    default is assumed."""

    checks = (_a_trip_takes_time,)


class Shelter(Dated):
    """A building is opened to people who flee; one at a time."""

    kind: Literal["shelter"] = "shelter"
    """`shelter`."""
    building: Annotated[str, BeforeValidator(text(100))]
    """Name of a building on the map, such as `Camp Hyosan` or `Hyosan General Hospital`."""
    capacity: Annotated[int, BeforeValidator(count(0, MOST_ROOM, "a count"))]
    """People for whom there is room [1]."""
    screening: Share = Estimate(value=0.0, source="assumed: nobody looks for bites")
    """Share of the bitten who are seen to be bitten at the door and refused [1]."""


HUNTING_KINDS: dict[str, type[Dated]] = {
    "warn": Warn,
    "cordon": Cordon,
    "patrol": Patrol,
    "evacuate": Evacuate,
    "shelter": Shelter,
}
"""Sections by the word under `kind`."""


def _why_not(scenario: Scenario) -> str:
    """Why nothing can be done against hunters in a scenario, or nothing."""
    if scenario.pathogen.bite is None:
        return "is there against hunters, and nobody infected with this pathogen hunts."
    if scenario.world.kind != "city":
        return f'needs streets, and a world of kind "{scenario.world.kind}" has none.'
    return ""


def hunters_to_stop(scenario: Scenario) -> Iterator[Finding]:
    """Orders against hunters stand where people hunt in streets, and one shelter is open at a time."""
    why = _why_not(scenario)
    rows = list(enumerate(scenario.interventions))
    for index, row in rows:
        if why and isinstance(row, tuple(HUNTING_KINDS.values())):
            yield ("interventions", index, "kind"), f'"{row.kind}" {why} Leave it out, or all with interventions = [].'
    shelters = [(index, row) for index, row in rows if isinstance(row, Shelter)]
    for (first, one), (second, other) in combinations(shelters, 2):
        if overlap(scenario, one, other):
            yield (
                ("interventions", second),
                f"opens a shelter while that of interventions[{first}] is open. One can be open at a time: "
                "write from and until so that one ends before the other begins.",
            )


def overlap(scenario: Scenario, one: Dated, other: Dated) -> bool:
    """Whether two interventions are ever in force at once."""
    return _in_seconds(scenario, one)[0] < _in_seconds(scenario, other)[1] and (
        _in_seconds(scenario, other)[0] < _in_seconds(scenario, one)[1]
    )


def _in_seconds(scenario: Scenario, row: Dated) -> tuple[float, float]:
    """From when until when an intervention is in force [s]."""

    def second(moment: datetime | None, otherwise: float) -> float:
        return otherwise if moment is None else scenario.second_of(moment)

    return second(row.begin, 0), second(row.until, float("inf"))


def why_no_guest(scenario: Scenario, order: Dated, now: int, shelters: Iterable[tuple[int, int]]) -> str:
    """Why a guest cannot order something against hunters now, or nothing.

    Args:
        scenario: What is run.
        order: What the guest orders.
        now: Second of the run [s].
        shelters: From when until when those ordered before are open [s].
    """
    if not isinstance(order, tuple(HUNTING_KINDS.values())):
        return ""
    why = _why_not(scenario)
    begin, until = _in_seconds(scenario, order)
    if why or not isinstance(order, Shelter):
        return why
    both = any(max(begin, now) < closed and opened < until for opened, closed in shelters)
    return "opens a shelter while another is open. One can be open at a time." if both else ""
