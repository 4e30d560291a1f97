"""What people in a building perceive and do once infected people hunt there, each number with its range."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer

from hyosan.scenario.estimates import Source
from hyosan.scenario.section import Section, count, number, text, word
from hyosan.scenario.start import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding


def _range(low: float, high: float, what: str) -> BeforeValidator:
    """A number within a range."""
    return BeforeValidator(number(low, high, what))


Level = Annotated[float, _range(0.0, 150.0, "a level in decibels")]
Loss = Annotated[float, _range(0.0, 100.0, "a loss in decibels")]
Seconds = Annotated[float, _range(0.0, 3600.0, "a number of seconds")]
Part = Annotated[float, _range(0.0, 1.0, "a share")]
Metres = Annotated[float, _range(0.1, 500.0, "a distance in metres")]
Degrees = Annotated[float, _range(30.0, 360.0, "an angle in degrees")]
Factor = Annotated[float, _range(0.05, 20.0, "a factor")]
Blows = Annotated[float, _range(0.1, 100_000.0, "a number of blows")]


class Behaviour(Section):
    """What people in a building perceive and do once infected people hunt there.

    None of these numbers has a solid source; `verification/school.md` says how much each matters within its range.
    """

    sight: Metres = 40.0
    """How far people see hunters [m]; range 20 to 80."""
    field_of_view: Degrees = 200.0
    """Field of view of people [degrees]; range 160 to 240."""
    memory: Annotated[float, _range(1.0, 3600.0, "a number of seconds")] = 60.0
    """In so long the memory of where a hunter was fades to nothing [s]; range 20 to 300."""
    audible: Loss = 5.0
    """A sound is noticed so far above the usual noise of a room [dB]; range 0 to 15."""
    background: Level = 45.0
    """Usual noise of a room of which the plan does not say it [dB]; range 35 to 60."""
    scream: Level = 100.0
    """Level of a scream at 1 m [dB]; range 90 to 110."""
    footsteps: Level = 65.0
    """Level of one person who runs, at 1 m [dB]; range 55 to 75."""
    bang: Level = 95.0
    """Level of hunters at a door, at 1 m [dB]; range 85 to 105."""
    phone: Level = 65.0
    """Level of a telephone or a cough at 1 m [dB]; range 55 to 75."""
    growl: Level = 75.0
    """Level of a hunter that chases, at 1 m [dB]; range 65 to 85."""
    door_loss: Loss = 25.0
    """What a shut door takes off a sound of which the plan does not say it [dB]; range 15 to 35."""
    barricade_loss: Loss = 5.0
    """What a barricade takes off besides [dB]; range 0 to 10."""
    wall_loss: Loss = 45.0
    """What a wall takes off [dB]; range 35 to 55."""
    floor_loss: Loss = 52.0
    """What a floor takes off [dB]; range 45 to 60."""
    hesitation: Seconds = 6.0
    """From noticing that something is wrong to doing something, on average; any time up to twice as long is as likely
    [s]; range 2 to 30."""
    running: Factor = 2.0
    """Running speed over walking speed [1]; range 1.6 to 2.6."""
    sneaking: Factor = 0.6
    """Speed of who steals away over walking speed [1]; range 0.4 to 0.8."""
    hiding: Factor = 1.0
    """What speaks for running out over hiding: larger, more run [1]; range 0.3 to 3."""
    lock_time: Seconds = 4.0
    """Time to shut and lock a door, or to unlock it [s]; range 2 to 10."""
    piling: Annotated[float, _range(0.0, 1000.0, "blows a second")] = 2.0
    """What somebody who carries furniture to a door adds to it [blows/s]; range 1 to 5."""
    most_piled: Annotated[float, _range(0.0, 100_000.0, "a number of blows")] = 120.0
    """More is not piled against a door [blows]; range 60 to 300."""
    holding: Annotated[float, _range(0.0, 100_000.0, "a number of blows")] = 20.0
    """What somebody who holds a door adds to it [blows]; range 5 to 60."""
    ringing: Part = 0.004
    """Chance that somebody who hides is heard, by a telephone or a cough, each 20 seconds [1]; range 0 to 0.02."""
    fending: Part = 0.3
    """Chance that somebody who fights fends a strike off; who runs has half of it [1]; range 0.1 to 0.6."""
    means: Factor = 3.0
    """Factor on `pathogen.alpha` for who fights, with what is at hand [1]; range 1 to 10."""
    helping: Part = 0.15
    """Share of people who take a slower one along [1]; range 0 to 0.4."""
    fighting: Part = 0.04
    """Share of people who attack a hunter if three others are beside them [1]; range 0 to 0.15."""
    calling: Part = 0.3
    """Share of people who telephone for help [1]; range 0.1 to 0.8."""
    texting: Part = 0.5
    """Share of people who write to four friends that something is wrong [1]; range 0 to 0.9."""
    siblings: Part = 0.06
    """Share of pupils who have a brother or sister in the building [1]; range 0 to 0.15."""
    sneak_after: Annotated[float, _range(1.0, 86_400.0, "a number of seconds")] = 600.0
    """Who has hidden in quiet for half of this to two and a half times as long steals away [s]; range 60 to 1800."""
    door_strength: Blows = 200.0
    """Blows that a locked door stands on average, of which the plan does not say it; range 60 to 600."""
    latch_strength: Blows = 12.0
    """Blows that a door stands that is shut and not locked; range 4 to 40."""
    blows: Annotated[float, _range(0.01, 100.0, "blows a second")] = 1.0
    """Blows of one hunter [1/s]; range 0.5 to 2."""
    danger: Seconds = 60.0
    """Time that people would rather lose than pass a room where they have just seen a hunter [s]; range 20 to 300."""
    hit: Part = 0.4
    """Chance that an officer's shot destroys a hunter [1]; range 0.2 to 0.7."""
    shots: Annotated[float, _range(0.1, 60.0, "a number of seconds")] = 1.5
    """Time between an officer's shots [s]; range 0.8 to 3."""
    source: Source = "assumed: orders of magnitude, each within the range that its line names"
    """Where these numbers come from."""


KINDS_OF_ORDERS = ("announce", "lock-down", "evacuate", "police")
RESPONSES = ("none", "announce", "lock-down", "evacuate")


def _order_fits(order: InsideOrder) -> Iterator[Finding]:
    """Doors and officers belong to some kinds only."""
    if order.kind == "police" and order.door is None:
        yield ("door",), 'is missing. Write the exit by which the officers come in, such as door = "gate".'
    if order.kind != "police" and order.units is not None:
        yield ("units",), f'has no meaning for kind = "{order.kind}". Leave it out.'
    if order.kind in ("announce", "lock-down") and order.door is not None:
        yield ("door",), f'has no meaning for kind = "{order.kind}". Leave it out.'


class InsideOrder(Section):
    """Something ordered inside the building."""

    kind: Annotated[Literal["announce", "lock-down", "evacuate", "police"], BeforeValidator(word(KINDS_OF_ORDERS))]
    """`announce`: hunters are there; `lock-down`: lock yourselves in; `evacuate`: leave; `police`: officers come."""
    at: Moment
    """When."""
    credible: Part = 0.8
    """Share of people who believe it [1]."""
    door: Annotated[str, BeforeValidator(text(200))] | None = None
    """The exit by which all shall leave, or by which officers come in."""
    units: Annotated[int, BeforeValidator(count(1, 200, "a count of officers"))] | None = None
    """How many officers; 4 if not given."""
    source: Source = "assumed: written in the scenario"
    """Where it comes from."""

    checks = (_order_fits,)


def second_of_day(value: object) -> int:
    """A time of day [s].

    >>> second_of_day("15:30"), second_of_day("08:00:30")
    (55800, 28830)
    """
    written = value.isoformat() if isinstance(value, time) else value
    parts = written.split(":") if isinstance(written, str) and len(written) < 20 else []
    if len(parts) in (2, 3) and all(part.isascii() and part.isdigit() and len(part) == 2 for part in parts):
        hour, minute, second = (int(part) for part in (*parts, "00")[:3])
        if hour < 24 and minute < 60 and second < 60:
            return hour * 3600 + minute * 60 + second
    raise ValueError(f'{value!r:.60} is not a time of day. Write hours and minutes, such as "15:30".')


def clock_of(second: int) -> str:
    """A second of the day in words."""
    whole = f"{second // 3600:02d}:{second // 60 % 60:02d}"
    return whole if second % 60 == 0 else f"{whole}:{second % 60:02d}"


TimeOfDay = Annotated[int, BeforeValidator(second_of_day), PlainSerializer(clock_of, return_type=str)]
