"""Write the pages of docs/reference that are made from the code: keys of scenarios and floor plans, and tables."""

import re
import sys
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from hyosan.floorplan.plan import DoorState, RoomKind
from hyosan.floorplan.written import (
    FARTHEST,
    WrittenDoor,
    WrittenEnd,
    WrittenGate,
    WrittenObstacle,
    WrittenPlan,
    WrittenRoom,
    WrittenSeat,
    WrittenStair,
    WrittenStorey,
    WrittenZone,
)
from hyosan.scenario.behaviour import Behaviour, InsideOrder
from hyosan.scenario.bite import Bite, Flight, Wound
from hyosan.scenario.distributions import Distribution
from hyosan.scenario.estimates import ByAge, Estimate
from hyosan.scenario.interventions import KINDS, Dated
from hyosan.scenario.model import Scenario
from hyosan.scenario.pathogen import Branch, InfectiousnessProfile, Pathogen, Route, StateSpec
from hyosan.scenario.quantities import in_words
from hyosan.scenario.section import Section
from hyosan.scenario.sections import BaseLevel, Layer, RecordsSection, WorldSection
from hyosan.scenario.start import Importation, Importations, InfectedAtStart, VaccinatedAtStart
from hyosan.scenario.walking import (
    BuildingScenario,
    BuildingSection,
    BuildingWorld,
    DoorChange,
    Speeds,
    Uniform,
    WalkRecords,
)
from hyosan.tables import columns_page

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"

SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The top of the file", Scenario),
    ("`[world]`", WorldSection),
    ("`[infected_at_start]`", InfectedAtStart),
    ("`[vaccinated_at_start]`", VaccinatedAtStart),
    ("`[importations]`, a rate", Importations),
    ("`[[importations]]`, dated rows", Importation),
    ("`[[layers]]`", Layer),
    ("`[base_level]`", BaseLevel),
    ("`[flight]`", Flight),
    ("`[[interventions]]`, keys of every kind", Dated),
    *((f'`[[interventions]]`, `kind = "{kind}"`', section) for kind, section in KINDS.items()),
    ("`[records]`", RecordsSection),
    ("`[pathogen]`", Pathogen),
    ("`[pathogen.routes.NAME]`", Route),
    ("`[pathogen.bite]`", Bite),
    ("`[pathogen.bite.wounds.NAME]`", Wound),
    ("`[pathogen.infectiousness]`", InfectiousnessProfile),
    ("`[pathogen.states.NAME]`", StateSpec),
    ("`[[pathogen.states.NAME.next]]`", Branch),
    ("A distribution", Distribution),
    ("An estimate", Estimate),
    ("An estimate by age", ByAge),
)

WALK_SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The top of the file", BuildingScenario),
    ("`[world]`", BuildingWorld),
    ("`[premovement]`, any time between two", Uniform),
    ("`[premovement]`, a law of times", Distribution),
    ("`[speed]`", Speeds),
    ("`[[door_changes]]`", DoorChange),
    ("`[building]`", BuildingSection),
    ("`[records]`", WalkRecords),
    ("`[behaviour]`", Behaviour),
    ("`[[orders]]`", InsideOrder),
)

WALK_INTRODUCTION = """# Keys of a scenario of people in a building

A scenario with `[world] kind = "building"` has people and a floor plan; with a `pathogen` by which the infected hunt it
has an outbreak too. `extends = "evacuation"`, at the top, starts from one of the catalogue: `evacuation`, `school-day`,
`corridor`, `bottleneck`, `counterflow`, and with an outbreak `school-bite` and `chase`. Lengths are in metres,
durations have a unit. [How people walk](../model/walking.md) and [Hunters in a building](../model/hunters.md) say what
is simulated. The keys of a pathogen are those of [other scenarios](scenarios.md).

[Watch a building](../how-to/watch-a-building.md) says how to look at a run: `hyosan show RUN --story` tells the day of
an outbreak line by line, `--film` shows it, `--plot` draws who hid where and where hunters struck.
"""

INTRODUCTION = """# Keys of a scenario

A scenario is a TOML file. It has `schema = 1`, and a `pathogen` or a catalogue scenario that it `extends`; every other
key has a default or comes from what it extends. Durations have a unit: `"5.2 days"`. A number about nature is a number,
or a table with `value` and `source`; where it may depend on age, a table with `from_age`, `value` and `source`.
`hyosan check FILE` names every problem at once.

`extends = "hyosan"`, at the top, starts from a catalogue scenario; `extends = "measles"`, in `[pathogen]`, from a
catalogue pathogen. Tables are merged key by key, lists are replaced, and a table that names a `distribution` replaces
the whole law. A pathogen is written with `states`, or with `infectious_period` (and `latent_period`), which stand for
the usual ones. It passes by `routes`; or by bites of the infected, who then hunt: with `alpha`, a table `bite`, and
a state whose `behaviour` is `"hunts"`.
"""


PLAN_SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The top of the file", WrittenPlan),
    ("`storeys`", WrittenStorey),
    ("`rooms`", WrittenRoom),
    ("`doors`", WrittenDoor),
    ("`stairs`", WrittenStair),
    ("`lower` and `upper` of a stair", WrittenEnd),
    ("`obstacles`", WrittenObstacle),
    ("`seats`", WrittenSeat),
    ("`zones`", WrittenZone),
    ("`gates`", WrittenGate),
)

PLAN_INTRODUCTION = f"""# Keys of a floor plan

A native floor plan is a JSON file. Coordinates are metres from -{FARTHEST:,} to {FARTHEST:,}, rounded to
the millimetre; outlines are lists of corners in turn, the last joined to the first.
[Floor plans](../how-to/floorplans.md) has an example, and says how the parts fit together.

Kinds of rooms: {", ".join(f"`{kind}`" for kind in RoomKind)}.

States of doors: {", ".join(f"`{state}`" for state in DoorState)}.
"""


def _default(field: FieldInfo) -> str:
    """What a key is if it is not written."""
    if field.is_required():
        return "required"
    value = field.default
    if isinstance(value, Estimate):
        return f"`{value.value:g}`"
    if value is PydanticUndefined or value is None or isinstance(value, Section) or value in ((), ""):
        return ""
    if isinstance(value, tuple):
        return f"`{list(value)}`"
    if isinstance(value, int) and "in_words" in str(field.metadata):
        return f"`{in_words(value)}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def keys_page() -> str:
    """The reference of all scenario keys, as Markdown."""
    return _page(INTRODUCTION, SECTIONS)


def plan_page() -> str:
    """The reference of all keys of a floor plan, as Markdown."""
    return _page(PLAN_INTRODUCTION, PLAN_SECTIONS)


def _page(introduction: str, sections: tuple[tuple[str, type[Section]], ...]) -> str:
    """A page with a table for each section."""
    lines = [introduction]
    for title, section in sections:
        lines += [f"## {title}", "", (section.__doc__ or "").strip().splitlines()[0], ""]
        lines += ["| key | default | meaning |", "|---|---|---|"]
        for name, field in section.model_fields.items():
            if name in Dated.model_fields and section in KINDS.values():
                continue  # said once for all kinds
            meaning = re.sub(r"\s+", " ", field.description or "").replace("|", "\\|")
            lines.append(f"| `{field.alias or name}` | {_default(field)} | {meaning} |")
        lines.append("")
    return "\n".join(lines)


def walk_page() -> str:
    """The reference of all keys of scenarios of people in buildings, as Markdown."""
    return _page(WALK_INTRODUCTION, WALK_SECTIONS)


PAGES = {
    "scenarios.md": keys_page,
    "buildings.md": walk_page,
    "floorplans.md": plan_page,
    "tables.md": columns_page,
}


def main() -> int:
    """Write every page."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
