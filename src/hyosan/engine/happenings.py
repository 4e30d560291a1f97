"""What happened: the log of a run as columns, put in order when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import BITE, START, STREAMS
from hyosan.engine.city.begin import place_infections
from hyosan.engine.city.given import MEMBERSHIP, TOWN, TRAITS
from hyosan.engine.city.hunted import ENDED_AS, ENDED_AT
from hyosan.engine.city.look import count_changes, date_courses, look, look_at
from hyosan.engine.crowd import NEVER
from hyosan.engine.scratch import MOST_VISITS
from hyosan.rules.codes import PLACE_SETTINGS, Route, Scale, Setting
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hyosan.engine.state import State
    from hyosan.engine.step import Step


class Happenings:
    """Reads the state of a run; what was put in order once is kept until more has happened."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self._kept: dict[str, tuple[int, int, Any]] = {}

    def _once(self, name: str, state: State, make: Callable[[], Any]) -> Any:
        """What `make` gives, made anew only when time has gone on."""
        kept = self._kept.get(name)
        if kept is None or kept[:2] != (state.now, state.begun):
            kept = self._kept[name] = (state.now, state.begun, make())
        return kept[2]

    def infections(self, state: State) -> dict[str, NDArray[Any]]:
        """The transmission tree so far, ordered by (time, infectee)."""
        columns: dict[str, NDArray[Any]] = self._once("infections", state, lambda: self._infections(state))
        return dict(columns)

    def _infections(self, state: State) -> dict[str, NDArray[Any]]:
        rows = _in_order(state.infections, 4)
        infector, code = rows[:, 2], rows[:, 3]
        stream, route, episode = code & 31, (code >> 5) & 255, code >> 13
        world, count = self.step.world, len(rows)
        setting = np.zeros(STREAMS, np.uint8)
        setting[: len(self.step.streams[0])] = self.step.streams[0]
        setting[BITE] = Setting.COMMUNITY  # for want of a place; that of a bite is asked for below
        settings = setting[stream]
        place = np.empty(count, np.int32)
        step = self.step
        place_infections(0, count, step.seed, rows, setting, step.streams, world, state.crowd(), place)
        dates = self._dates(rows)
        arrived = np.where(stream == START, self.step.route_at_start, Route.IMPORTATION)
        routes = np.append(self.step.streams[8], Route.BITE)
        bitten = stream == BITE
        settings[bitten] = route[bitten]
        place[bitten] = self._places_of_bites(rows[bitten, 1], settings[bitten])
        route[bitten] = len(routes) - 1
        return {
            "time_s": rows[:, 0].astype(np.int64),
            "infectee": rows[:, 1].copy(),
            "infector": infector.copy(),
            "route": np.where(infector < 0, arrived, routes[route]).astype(np.uint8),
            "setting": settings,
            "scale": np.full(count, Scale.CITY, np.uint8),
            "town": world[TOWN][rows[:, 1]].astype(np.int32),
            "place": place,
            "room": np.full(count, -1, np.int32),
            "x_m": np.full(count, np.nan, np.float32),
            "y_m": np.full(count, np.nan, np.float32),
            "episode": episode.astype(np.uint16),
            "infectious_s": dates[0],
            "symptoms_s": dates[1],
            "over_s": dates[2],
        }

    def _places_of_bites(self, people: NDArray[np.int32], settings: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Household, class or team in which people were bitten, -1 elsewhere."""
        found = np.full(len(people), -1, np.int32)
        for column, setting in enumerate(PLACE_SETTINGS):
            there = settings == setting
            found[there] = self.step.world[MEMBERSHIP][people[there], column]
        return found

    def transitions(self, state: State) -> dict[str, NDArray[Any]]:
        """Changes of state so far, ordered by (time, person); of one person's in the same second, the first first."""
        columns: dict[str, NDArray[Any]] = self._once("transitions", state, lambda: self._transitions(state))
        return dict(columns)

    def _transitions(self, state: State) -> dict[str, NDArray[Any]]:
        # Of somebody whose infection turned out to be earlier the first account is void.
        pieces = [rows[(rows[:, 0] < state.now) & (rows[:, 1] >= 0)] for rows in state.transitions]
        if state.hunted is not None:
            pieces = self._until_the_end(state, pieces)
        rows = _in_order(pieces, 4)
        if self.step.repeated:
            rows = _until_doses(self._without_abandoned(state, rows), len(state.infected_at))
        return {
            "time_s": rows[:, 0].astype(np.int64),
            "person": rows[:, 1].copy(),
            "from_state": (rows[:, 2] >> 8).astype(np.uint8),
            "to_state": (rows[:, 2] & 255).astype(np.uint8),
        }

    def _until_the_end(self, state: State, pieces: list[NDArray[np.int32]]) -> list[NDArray[np.int32]]:
        """Changes without what courses had in store for the destroyed and the killed, and with how they ended."""
        assert state.hunted is not None, "somebody hunts"
        ended_at, ended_as = state.hunted.arrays[ENDED_AT], state.hunted.arrays[ENDED_AS]
        kept = [rows[rows[:, 0] <= ended_at[rows[:, 1]]] for rows in pieces]
        people = np.flatnonzero(ended_at != NEVER).astype(np.int32)
        before = np.empty(len(people), np.uint8)
        ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
        step = self.step
        look_at(
            0,
            len(people),
            step.seed,
            people,
            ended_at,
            step.world[TRAITS],
            step.course,
            state.crowd(),
            state.start_bits,
            ends,
            states,
            before,
        )
        changes = np.zeros((len(people), 4), np.int32)
        changes[:, 0], changes[:, 1] = ended_at[people], people
        changes[:, 2] = before.astype(np.int32) << 8 | ended_as[people]
        return [*kept, changes]

    def add_changes(
        self, state: State, times: NDArray[np.int64], every: int, town: NDArray[np.int32], table: NDArray[np.int64]
    ) -> None:
        """Add to a table what changed up to each of some times since the one before, (times, towns, states).

        Args:
            times: Multiples of `every` and now, rising [s].
            town: Row of the table for everybody, (people,).
        """
        if not self.step.recording:
            log = _in_order(state.infections, 4)
            ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
            step = self.step
            count_changes(
                0,
                len(log),
                step.seed,
                log,
                state.now,
                every,
                step.world[TRAITS],
                step.course,
                town,
                ends,
                states,
                table,
            )
        changes = self.transitions(state)
        bins = np.searchsorted(times, changes["time_s"], side="left")
        kept = bins < len(times)
        where = (bins[kept], town[changes["person"][kept]])
        np.add.at(table, (*where, changes["from_state"][kept]), -1)
        np.add.at(table, (*where, changes["to_state"][kept]), 1)

    def _dates(self, rows: NDArray[np.int32]) -> NDArray[np.int64]:
        """When the infected of a log become infectious, ill, and neither any more [s], -1 if never, (3, rows)."""
        step = self.step
        dates = np.full((3, len(rows)), -1, np.int64)
        ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
        date_courses(0, len(rows), step.seed, rows, step.world[TRAITS], step.course, ends, states, dates)
        return dates

    def _without_abandoned(self, state: State, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Without what did not happen because the person was infected anew before."""
        infections = self.infections(state)
        keys = infections["infectee"].astype(np.int64) << 10 | infections["episode"]
        if not len(keys):
            return rows  # only doses have changed anybody
        order = np.argsort(keys)
        after = rows[:, 1].astype(np.int64) << 10 | (rows[:, 3] + 1)
        at = np.minimum(np.searchsorted(keys[order], after), max(len(keys) - 1, 0))
        anew = keys[order][at] == after
        until = infections["time_s"][order][at]
        kept: NDArray[np.int32] = rows[~(anew & (rows[:, 0] > until))]
        # Of a person's changes in one second those of the earlier episode come first.
        order = np.lexsort((kept[:, 3], kept[:, 1], kept[:, 0]))
        return kept[order]

    def states(self, state: State) -> NDArray[np.uint8]:
        """State of everybody now, (people,)."""
        found: NDArray[np.uint8] = self._once("states", state, lambda: self._states(state))
        return found

    def _states(self, state: State) -> NDArray[np.uint8]:
        found = np.empty(len(state.infected_at), np.uint8)

        def work(_: int, first: int, last: int) -> None:
            ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
            step = self.step
            traits, course, crowd = step.world[TRAITS], step.course, state.crowd()
            look(first, last, state.now, step.seed, traits, course, crowd, state.start_bits, ends, states, found)

        work(0, 0, len(found))
        if state.hunted is not None:
            over = state.hunted.arrays[ENDED_AT] < state.now
            found[over] = state.hunted.arrays[ENDED_AS][over]
        return found

    def states_at_start(self, state: State) -> NDArray[np.uint8]:
        """State of everybody before anybody was infected, (people,)."""
        people = len(state.infected_at)
        is_open = np.unpackbits(state.start_bits.view(np.uint8), count=people, bitorder="little")
        return np.where(is_open, SUSCEPTIBLE, IMMUNE).astype(np.uint8)


def _until_doses(rows: NDArray[np.int32], people: int) -> NDArray[np.int32]:
    """Without what courses had in store for people whom a dose made immune before."""
    until = np.full(people, NEVER, np.int32)
    doses = rows[(rows[:, 2] & 255) == IMMUNE]
    until[doses[:, 1]] = doses[:, 0]
    kept: NDArray[np.int32] = rows[rows[:, 0] <= until[rows[:, 1]]]
    return kept


def _in_order(pieces: list[NDArray[np.int32]], columns: int) -> NDArray[np.int32]:
    """Rows of all pieces by (second, person); stable, so what happened first to a person in a second stays first."""
    if not pieces:
        return np.empty((0, columns), np.int32)
    rows: NDArray[np.int32] = np.concatenate(pieces)
    return rows[np.argsort(rows[:, 0].astype(np.int64) << 32 | rows[:, 1], kind="stable")]
