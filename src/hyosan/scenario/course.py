"""Whether the states of a pathogen make sense together: where each leads, and that every course ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.errors import did_you_mean
from hyosan.rules.codes import MOST_AGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hyosan.scenario.pathogen import Pathogen, StateSpec
    from hyosan.scenario.section import Finding

MOST_STATES = 30
MOST_COURSES = 256
"""Ways through the states; each is followed when the reproduction number is computed."""

SUSCEPTIBLE = "susceptible"
RESERVED = (SUSCEPTIBLE, "immune")
"""States that every pathogen has; nobody writes them."""


def states_make_sense(pathogen: Pathogen) -> Iterator[Finding]:
    """Every finding about the states as a whole."""
    states = pathogen.states
    if not 1 <= len(states) <= MOST_STATES:
        yield ("states",), f"has {len(states)} states. Write 1 to {MOST_STATES}."
        return
    found = [finding for name, state in states.items() for finding in _leads_on(name, state, states)]
    yield from found
    if any("no such state" in message for _, message in found):
        return
    cycle = _cycle(states)
    if cycle:
        circle = " -> ".join(cycle)
        yield ("states", cycle[0]), f"leads back to itself: {circle}. Only by way of susceptible may a course return."
        return
    first = next(iter(states))
    wounds = pathogen.bite.wounds.values() if pathogen.bite else ()
    reached = _reached(states, [wound.to for wound in wounds if wound.to in states] or [first])
    for name in states:
        if name not in reached:
            yield ("states", name), f"cannot be reached from {first}. Name it under `next` of a state, or leave it out."
    courses = _courses(states)
    if courses > MOST_COURSES:
        yield ("states",), f"has {courses} ways from infection to its end. Write {MOST_COURSES} at most: join states."


def _leads_on(name: str, state: StateSpec, states: dict[str, StateSpec]) -> Iterator[Finding]:
    """Findings about one state and what follows it."""
    path = ("states", name)
    if name in RESERVED:
        yield path, f"is a state that every pathogen has. Choose another name, such as '{name}_again'."
    if state.dwell is None and state.next:
        yield path, "has `next` but no `dwell`. Say how long it lasts, or leave `next` out: it is final."
    if state.dwell is not None and not state.next:
        yield path, "has a `dwell` but no `next`. Say what follows, or leave `dwell` out: it is final."
    if state.dead and state.next:
        yield path, "is dead, but leads on. The dead stay dead: leave `next` and `dwell` out."
    if state.dead and (state.infectiousness > 0 or state.susceptibility > 0):
        yield path, "is dead, but has infectiousness or susceptibility. Leave them out."
    if state.infectiousness > 0 and state.susceptibility > 0:
        yield path, "is infectious and susceptible at once. A person has one infection at a time: set one of them to 0."
    for index, branch in enumerate(state.next):
        here = (*path, "next", index)
        if branch.to not in states and branch.to != SUSCEPTIBLE:
            hint = did_you_mean(branch.to, [*states, SUSCEPTIBLE])
            yield (*here, "to"), f"{branch.to!r}: no such state. {hint}"
        if branch.share is None and index < len(state.next) - 1:
            yield here, "has no share. Only the last branch may leave it out and take the rest."
    yield from _shares(path, state)


def _shares(path: tuple[str, str], state: StateSpec) -> Iterator[Finding]:
    """Shares of the branches add up to 1 at every age, or to less where the last takes the rest."""
    given = [branch.share for branch in state.next if branch.share is not None]
    if not state.next or not given:
        return
    rest = state.next[-1].share is None
    for age in range(MOST_AGES):
        total = sum(share.at(age) for share in given)
        if total > 1 + 1e-9:
            yield (*path, "next"), f"has shares of {total:.6g} together at age {age}. They may not exceed 1."
            return
        if not rest and total < 1 - 1e-9:
            message = f"has shares of {total:.6g} together at age {age}. Leave out the last, so that it takes the rest."
            yield (*path, "next"), message
            return


def _following(state: StateSpec) -> list[str]:
    """States that may follow, without the return to susceptible."""
    return [branch.to for branch in state.next if branch.to != SUSCEPTIBLE]


def _cycle(states: dict[str, StateSpec]) -> list[str]:
    """A circle of states, its first repeated at the end; empty if there is none."""
    done: set[str] = set()

    def walk(trail: list[str]) -> list[str]:
        for name in _following(states[trail[-1]]):
            if name in trail:
                return [*trail[trail.index(name) :], name]
            if name not in done and (circle := walk([*trail, name])):
                return circle
        done.add(trail[-1])
        return []

    for name in states:
        if name not in done and (circle := walk([name])):
            return circle
    return []


def _reached(states: dict[str, StateSpec], entries: Iterable[str]) -> set[str]:
    """States that an infection can come to."""
    reached, waiting = set(), list(entries)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _following(states[name])
    return reached


def _courses(states: dict[str, StateSpec]) -> int:
    """Ways from the first state to an end."""
    ways: dict[str, int] = {}

    def count(name: str) -> int:
        if name == SUSCEPTIBLE or not states[name].next:
            return 1
        if name not in ways:
            ways[name] = sum(count(branch.to) for branch in states[name].next)
        return ways[name]

    return count(next(iter(states)))
