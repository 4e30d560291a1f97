"""A school in which twenty hunt from the start: what must hold in every step, and threads."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from hyosan.building import Visit, plan_of
from hyosan.engine.building.columns import GONE, IN, POSTURE, ROLE
from hyosan.engine.building.ground import Ground, ground_of
from hyosan.engine.building.outbreak import columns as c
from hyosan.rules.codes import Outcome
from hyosan.scenario.load import from_table, load
from hyosan.scenario.walking import BuildingScenario
from hyosan.verification.checks import AtMost, Band, Same
from hyosan.verification.claim import Effort, Experiment, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

PEOPLE, HUNTERS = 602, 20

PANIC: dict[str, Any] = {
    "schema": 1,
    "name": "panic",
    "floorplan": "hyosan-high-school",
    "activity": "timetable",
    "start": "2026-03-03T09:00:00",
    "duration": "10 minutes",
    "people": PEOPLE,
    "pathogen": "jonas",
    "hunters": HUNTERS,
    "locked_doors": 0.5,
    "response": "none",
    "premovement": {
        "distribution": "uniform",
        "least": "0 seconds",
        "most": "60 seconds",
        "source": "assumed: a minute at most",
    },
    "building": {"step": "0.1 s"},
    "records": {"tracks": "1 s"},
    "world": {"kind": "building"},
}
"""A lesson in Hyosan High School in which twenty people turn at once."""

DEEP = 0.02
"""Nobody's centre is deeper in a wall [m]: walls are lines."""


def panic(**changes: Any) -> BuildingScenario:
    """The scenario with changes, by dotted key with `__` for the dot."""
    plan = load(from_table(PANIC), set={key.replace("__", "."): value for key, value in changes.items()})
    assert isinstance(plan, BuildingScenario), "a scenario of a building"
    return plan


@cache
def school() -> Ground:
    """The ground of the school."""
    return ground_of(plan_of(panic()))


def visit(scenario: BuildingScenario, seed: int, threads: int = 1) -> Visit:
    """A run before its first step."""
    return Visit(scenario, seed=seed, threads=threads, plan=school().plan, ground=school())


def survivors(scenario: BuildingScenario, seed: int) -> float:
    """Share of those who did not hunt at the start who are never bitten."""
    run = visit(scenario, seed).run()
    return float(run.summary()["survivors"]) / (PEOPLE - HUNTERS)


def shares(effort: Effort, scenarios: list[BuildingScenario], count: int) -> NDArray[np.float64]:
    """Share of survivors of each scenario with each seed, (scenarios, seeds)."""
    seeds = list(effort.seeds(count))
    return np.array([[survivors(scenario, seed) for seed in seeds] for scenario in scenarios])


def differences(found: NDArray[np.float64]) -> list[Check]:
    """That no row is above the one before it: paired differences of neighbours, and of the ends."""
    pairs = [*zip(found[1:], found, strict=False), (found[-1], found[0])]
    return [AtMost(tuple((one - other).tolist()), 0.0) for one, other in pairs]


def in_words(words: tuple[float, ...], found: NDArray[np.float64]) -> str:
    """Mean share of each row."""
    return ", ".join(f"{word:g}: {mean:.3f}" for word, mean in zip(words, found.mean(axis=1), strict=True))


def floor_shapes(ground: Ground) -> list[shapely.Geometry]:
    """The floor of each room with what stands in it cut out, a little wider than it is."""
    plan = ground.plan
    things: dict[int, list[shapely.Geometry]] = {}
    for thing in plan.obstacles:
        things.setdefault(thing.room, []).append(shapely.Polygon(thing.outline).buffer(-DEEP))
    found = []
    for row, room in enumerate(plan.rooms):
        floor = shapely.Polygon(room.outline, room.holes).buffer(DEEP)
        found.append(floor.difference(shapely.union_all(things[row])) if row in things else floor)
    shapely.prepare(found)
    return found


def in_walls(places: NDArray[np.float64], rooms: NDArray[np.int64], floors: list[shapely.Geometry]) -> int:
    """People who are not on the floor of their room; stairs apart."""
    count = 0
    for row in np.unique(rooms[(rooms >= 0) & (rooms < len(floors))]).tolist():
        here = places[rooms == row]
        count += int((~shapely.contains_xy(floors[row], here[:, 0], here[:, 1])).sum())
    return count


def steps_of(run: Visit, end: float) -> Iterator[Building]:
    """The building after every step."""
    building = run.building
    while building.now < end - building.dt / 2:
        building.run(building.now + building.dt)
        yield building


class Ledger:
    """What people and rooms must add up to, kept beside a run.

    Args:
        building: Before the first step.
    """

    def __init__(self, building: Building) -> None:
        self.people = len(building.crowd.room)
        self.rooms = np.array(building.crowd.room, np.int64)
        self.role = np.array(building.state.people.who[:, ROLE])
        self.bitten = self.ended = 0
        self.faults = dict.fromkeys(("not one of the states", "back to health", "counts", "rooms", "postures"), 0)

    def look(self, building: Building) -> None:
        """Look at everybody after a step."""
        who = building.state.people.who
        role, rooms, faults = who[:, ROLE], who[:, IN], self.faults
        states = [int((role == state).sum()) for state in (c.HEALTHY, c.BITTEN, c.HUNTER, c.DESTROYED, c.SPENT)]
        faults["not one of the states"] += int(sum(states) != self.people)
        faults["back to health"] += int((role < self.role).sum())
        self.role = role.copy()
        self._count(building, states)
        for _, person, _, from_room, to_room in self._passed(building):
            faults["rooms"] += int(self.rooms[person] != from_room)
            self.rooms[person] = to_room
        faults["rooms"] += int((self.rooms != rooms).sum())
        gone = rooms < 0
        faults["postures"] += int((gone != (who[:, POSTURE] == GONE)).sum()) + int(gone.sum() != building.gone)

    def _passed(self, building: Building) -> NDArray[np.int64]:
        """Who passed which door in the last step."""
        rows = building._passages[-1]
        return rows[np.argsort(rows[:, 0], kind="stable")]

    def _count(self, building: Building, states: list[int]) -> None:
        """Bites and destructions that were written down are those that people's states show."""
        assert building.running is not None, "there is an outbreak"
        rows = building.running._kept["strikes"][-1]
        self.bitten += int((rows[:, 3] == Outcome.BITTEN).sum())
        self.ended += int((rows[:, 3] == Outcome.DESTROYED).sum())
        off = (self.people - HUNTERS - states[0] != self.bitten) + (states[3] != self.ended)
        self.faults["counts"] += int(off)


def conservation_test(effort: Effort) -> Finding:
    """Every step of panics."""
    end, count = float(effort.size(120, 600)), effort.size(2, 4)
    floors = floor_shapes(school())
    faults: dict[str, int] = {}
    walls = steps = moved = 0
    for seed in effort.seeds(count):
        run = visit(panic(), seed)
        ledger = Ledger(run.building)
        for building in steps_of(run, end):
            ledger.look(building)
            if steps % 10 == 0:
                walls += in_walls(building.places(), building.state.people.who[:, IN], floors)
            steps += 1
        moved += len(run.building.passages())
        faults = {word: number + faults.get(word, 0) for word, number in ledger.faults.items()}
    checks: list[Check] = [Same(0, number) for number in faults.values()]
    checks += [Same(0, walls), Band((float(moved),), 1.0)]
    words = ", ".join((*faults, "in walls", "doors passed"))
    return Finding(f"{steps:,} steps of {count} panics of {PEOPLE} people; {words}", checks)


def digest(seed: int, minutes: int, threads: int = 1, *, sleep: bool = True) -> str:
    """The digest of a panic."""
    plan = panic(duration=f"{minutes} minutes", building__sleep=sleep)
    run = visit(plan, seed, threads).run()
    found = str(run.summary()["digest"])
    run.close()
    return found


def digest_test(effort: Effort) -> Finding:
    """One, two and four threads; nobody asleep."""
    minutes, count = effort.size(3, 20), effort.size(1, 3)
    checks: list[Check] = []
    for seed in effort.seeds(count):
        one = digest(seed, minutes)
        others = [partial(digest, threads=2), partial(digest, threads=4), partial(digest, sleep=False)]
        checks += [Same(one, other(seed, minutes)) for other in others]
    return Finding(f"{count} panics of {minutes} minutes; 2 and 4 threads, and nobody asleep", checks)


EXPERIMENTS = (
    Experiment(
        "chase-conservation",
        "In every step everybody is healthy, bitten, a hunter, destroyed or tired, in one room or gone, never "
        "healthier than before, on the floor, and changes rooms by a door only",
        "by hand: people are neither made nor lost",
        "a hunter destroyed that is counted among the healthy again",
        conservation_test,
    ),
    Experiment(
        "chase-threads",
        "A panic ends the same on any number of threads, and if nobody sleeps",
        "the promise of the simulator",
        "who sleeps is not woken by what it hears",
        digest_test,
    ),
)
