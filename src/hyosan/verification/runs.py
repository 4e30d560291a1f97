"""Runs: the scenarios and worlds that the claims need, and what is read off a finished run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.groundwork import groundwork_of
from hyosan.rules.random import Draw, use_of
from hyosan.scenario.model import Scenario
from hyosan.simulation import Simulation
from hyosan.units import day as DAY
from hyosan.world.assembly import Part, nameless, people_of, places_of_parts, pools_around_the_clock
from hyosan.world.draws import draw_rows
from hyosan.world.synthesis import build
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hyosan.rules.codes import Setting
    from hyosan.world.world import Pools, World

MOST_SEEDS = 20_000
"""Infected at the start of one run; larger samples are several runs."""

ADULT = 30


def period(law: str, days: float) -> dict[str, Any]:
    """A period of a mean [days]: `exponential`, `fixed` or `erlang-n`."""
    mean = f"{round(days * DAY)} seconds"
    if law.startswith("erlang-"):
        return {"distribution": "erlang", "mean": mean, "stages": int(law.removeprefix("erlang-"))}
    return {"distribution": law, "mean": mean}


def pathogen(infectious: Mapping[str, Any], *, latent: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A pathogen that spreads in the community, if nothing else is said."""
    table = {"name": "verification", "routes": {"air": {"community": 1.0}}, "infectious_period": infectious, **more}
    return table if latent is None else {**table, "latent_period": latent}


def scenario(kind: str, illness: Mapping[str, Any], **more: Any) -> Scenario:
    """A scenario that ends when nobody is left who could infect."""
    table = {"schema": 1, "name": "verification", "duration": "10 years", "end_when_over": True}
    return Scenario.model_validate({**table, "world": {"kind": kind}, "pathogen": illness, **more})


def finished(
    plan: Scenario, world: World | None, seeds: Iterable[int], *, by_step: bool = False
) -> Iterator[Simulation]:
    """Finished runs of a scenario, one a seed, over one world.

    Args:
        by_step: Advance step by step, as somebody who watches does, not in whole days.
    """
    if world is None:
        world = build(plan)
    groundwork = groundwork_of(plan, world)
    for seed in seeds:
        run = Simulation(plan, world, seed=seed, groundwork=groundwork)
        while by_step and not run.finished:
            run.step()
        run.run()
        run.close()
        yield run


def cell_sizes(runs: Iterator[Simulation], size: int) -> NDArray[np.int64]:
    """People ever infected in each closed cell or household of `size` people, all runs together."""
    return np.concatenate(
        [np.bincount(run.infections()["infectee"] // size, minlength=len(run.world.people) // size) for run in runs]
    )


def batches(cells: int) -> tuple[int, int]:
    """(Runs, cells a run) that make at least so many cells."""
    runs = -(-cells // MOST_SEEDS)
    return runs, -(-cells // runs)


def world_of(
    *,
    age: NDArray[np.uint8] | None = None,
    town: NDArray[np.int32],
    places: Sequence[tuple[Setting, NDArray[np.int32]]] = (),
    pools: Pools | None = None,
    kind: str = "closed-cells",
) -> World:
    """A world from its parts; everybody shares all hours of the day with the members of a place.

    Args:
        town: Town of everybody, (people,).
        places: Setting and members, (places, size), of each sort of place.
        pools: Who is met in the community; everybody of the town for no time if not given.
    """
    count = len(town)
    age = np.full(count, ADULT, np.uint8) if age is None else age
    made = places_of_parts(
        [Part(setting, np.full(len(members), members.shape[1]), members.ravel()) for setting, members in places]
    )
    if pools is None:
        starts = np.searchsorted(town, np.arange(town[-1] + 2)).astype(np.int64)
        pools = pools_around_the_clock(
            np.zeros(MOST_AGES, np.uint8), 1, starts, np.arange(count, dtype=np.int32), np.zeros((1, 1))
        )
    return nameless(kind, 1, people_of(age, made, town=town), made, pools)


def first_bits(count: int, setting: int, layer: int) -> NDArray[np.int64]:
    """The first 31 bits of `count` draws for contact networks."""
    words = np.empty(count, np.int64)
    draw_rows(0, count, np.int64(1), use_of(int(Draw.MATCHING), setting, layer), words)
    return words >> 31


def shuffled(groups: int, size: int, setting: int) -> NDArray[np.int32]:
    """People of each of `groups` groups of consecutive rows in a random order, (groups, size)."""
    order = np.argsort(first_bits(groups * size, setting, 0).reshape(groups, size), axis=1, kind="stable")
    return (order + size * np.arange(groups)[:, None]).astype(np.int32)
