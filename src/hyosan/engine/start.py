"""How a run begins: who is immune or vaccinated, who is infected, who will come back infected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.attempts import COLUMNS, IMPORTATION, START, Counter
from hyosan.engine.calendar import file_arrivals
from hyosan.engine.city.emit import EMITTED
from hyosan.engine.city.protect import choose, draw_people, protect
from hyosan.errors import ScenarioError
from hyosan.rules.codes import MOST_AGES, Setting
from hyosan.rules.progression import SUSCEPTIBLE
from hyosan.rules.random import CERTAIN, Draw, chance_of, draw, exponential, one_of, purpose_of, use_of
from hyosan.scenario.interventions import Vaccinate
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.state import State
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World


def begin(scenario: Scenario, world: World, state: State, seed: np.int64, end: int) -> int:
    """Put a fresh state at the start of a run; relative susceptibility of the vaccinated [2**-30]."""
    status = np.zeros(len(world.people), np.uint8)
    vaccine = _protect(scenario, world, state, seed, status)
    infected = _infected(scenario, world, seed, status)
    rows = [(0, person, ordinal, START) for ordinal, person in enumerate(infected)]
    rows += [
        (second, person, ordinal, IMPORTATION)
        for ordinal, (second, person) in enumerate(_imports(scenario, world, seed, end))
    ]
    table = np.zeros((len(rows), COLUMNS), np.int32)
    table[:, :4] = np.array(rows, np.int64).reshape(-1, 4)
    state.make_room(len(rows))
    file_arrivals(table, state.blocks, state.link, state.head, state.counters)
    for _, _, _, kind in rows:
        state.tally[0, kind, EMITTED] += 1
    state.counters[Counter.ARRIVALS] += len(rows)
    return vaccine


def _close(state: State, status: NDArray[np.uint8]) -> None:
    """Take the immune out of the set of those who are open to infection."""
    packed = np.packbits(status == SUSCEPTIBLE, bitorder="little")
    rows = np.zeros(8 * len(state.open_bits), np.uint8)
    rows[: len(packed)] = packed
    state.open_bits[:] = rows.view("<u8")
    state.midnight_bits[:] = state.open_bits
    state.start_bits[:] = state.open_bits


def _protect(scenario: Scenario, world: World, state: State, seed: np.int64, status: NDArray[np.uint8]) -> int:
    """Draw who is immune or vaccinated."""
    immune = np.zeros(MOST_AGES, np.int64)
    vaccinated = np.zeros(MOST_AGES, np.int64)
    effective, vaccine = 0, CERTAIN
    later = next((order for order in scenario.interventions if isinstance(order, Vaccinate)), None)
    if later is not None and later.action == "leaky":
        vaccine = CERTAIN - chance_of(float(later.efficacy.value))
    if scenario.immune_at_start is not None:
        immune = _by_age(scenario.immune_at_start)
    plan = scenario.vaccinated_at_start
    leaky = plan is not None and plan.action == "leaky"
    if plan is not None:
        vaccinated = _by_age(plan.share)
        effective = chance_of(float(plan.efficacy.value))
        if leaky:
            vaccine = CERTAIN - effective
    # Called for nobody too, so that the kernel is there from the first run on.
    people = len(world.people) if immune.any() or vaccinated.any() else 0
    given = state.vaccinated if len(state.vaccinated) else np.zeros(len(status), np.uint8)
    protect(0, people, seed, world.people.age, immune, vaccinated, effective, leaky, status, given)
    _close(state, status)
    return vaccine


def _by_age(share: object) -> NDArray[np.int64]:
    """A share by age in units of 2**-30, (ages,)."""
    return np.array([chance_of(float(share.at(age))) for age in range(MOST_AGES)], np.int64)  # type: ignore[attr-defined]


def _infected(scenario: Scenario, world: World, seed: np.int64, status: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Draw who is infected at the start, among those who can be; in a cell or household of too few, all of them."""
    wanted = scenario.infected_of_a_group
    start, members, groups = _candidates(scenario, world, seed, status)
    chosen = np.full(len(groups) * wanted, -1, np.int32)
    taken = np.zeros(len(world.people), np.uint8)
    choose(0, len(groups), seed, groups, start, members, wanted, status, taken, chosen)
    found = chosen[chosen >= 0]
    if len(found) < len(chosen) and scenario.world.kind not in ("closed-cells", "households", "lattice"):
        raise ScenarioError.at(
            "infected_at_start",
            f"{wanted} people are to be infected, but only {len(found)} can be: the others are immune. "
            "Lower the one or the other.",
        )
    return found


def _candidates(
    scenario: Scenario, world: World, seed: np.int64, status: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Groups of people from which the infected are drawn: (start, members) and which groups."""
    plan, pools, places = scenario.infected_at_start, world.pools, world.places
    wanted = scenario.infected_of_a_group
    if world.kind == "households":
        return places.start, places.members, np.arange(len(places), dtype=np.int64)
    if plan.where == "anywhere":
        towns = pools.start[:: pools.group_count].copy()
        towns.flags.writeable = False  # like the arrays of the world: one compiled kernel for all of them
        return towns, pools.members, np.arange(world.town_count, dtype=np.int64)
    setting = Setting.CLASS if plan.where == "one class" else Setting.HOME
    able = np.concatenate([[0], np.cumsum(status[places.members] == SUSCEPTIBLE)])
    fits = (places.setting == setting) & (np.diff(able[places.start]) >= wanted)
    if plan.school is not None:
        if plan.school not in world.sites:
            schools = [world.sites[site] for site in np.unique(places.site[places.setting == Setting.CLASS])]
            raise ScenarioError.at(
                "infected_at_start.school", f"no school is called {plan.school!r}.", schools, word=plan.school
            )
        fits &= places.site == world.sites.index(plan.school)
    rows = np.flatnonzero(fits).astype(np.int64)
    if not len(rows):
        where = f"no {setting.name.lower()}" + ("" if plan.school is None else f" of {plan.school}")
        raise ScenarioError.at(
            "infected_at_start",
            f"{where} has {wanted} people who can be infected. Lower the count, or the share of the immune, "
            "or choose another place.",
        )
    zero, words = np.zeros(1, np.int64), np.empty((4, 1), np.int64)
    draw_people(0, 1, seed, use_of(int(Draw.SEED), int(setting), 0), zero, zero, zero, words)
    return places.start, places.members, rows[one_of(len(rows), int(words[0, 0]), int(words[1, 0])) :][:1]


def _imports(scenario: Scenario, world: World, seed: np.int64, end: int) -> list[tuple[int, int]]:
    """(second, person) of everybody who will come back infected before the end."""
    plan, members = scenario.importations, world.pools.members
    if plan is None:
        return []
    if not len(members):
        members = np.arange(len(world.people), dtype=np.int32)
    use = purpose_of(Draw.IMPORT)
    result: list[tuple[int, int]] = []
    if not isinstance(plan, (list, tuple)):
        rate = float(plan.per_day)
        position, ordinal = 0, 0
        mean = round(DAY * 256 / rate) if rate > 0 else 0
        while rate > 0:
            words = draw(seed, use, 0, ordinal, 0)
            position += (exponential(words[0], words[1]) * mean) >> 32
            if position >> 8 >= end:
                break
            result.append((position >> 8, int(members[one_of(len(members), words[2], words[3])])))
            ordinal += 1
        return result
    for row in plan:
        second = scenario.second_of(row.date)
        for _ in range(row.count):
            words = draw(seed, use, 0, len(result), 0)
            result.append((second, int(members[one_of(len(members), words[2], words[3])])))
    return [(second, person) for second, person in result if 0 <= second < end]
