"""Paths: the next step from every street cell towards every other, and how many steps it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.jit import kernel, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.streets import Streets

STAY = 255
"""No next step: there already, or no path."""

UNREACHED = -1
"""Distance to where no path leads."""


@part
def search(target, row, start, neighbours, closed, queue, distance):
    """Write the steps from each cell to the target into a row of `distance`: nearer cells first."""
    cells = len(start) - 1
    for cell in range(cells):
        distance[row, cell] = UNREACHED
    distance[row, target] = 0
    queue[0] = target
    first, last = 0, 1
    while first < last:
        cell = queue[first]
        first += 1
        for entry in range(start[cell], start[cell + 1]):
            other = neighbours[entry]
            if distance[row, other] == UNREACHED and not closed[entry]:
                distance[row, other] = distance[row, cell] + 1
                queue[last] = other
                last += 1


@kernel
def distances(
    first,
    last,
    # reads
    start,
    neighbours,
    closed,
    # writes
    queue,
    distance,
):
    """Write how many steps each cell is from the targets `first` to `last`, `UNREACHED` without a path.

    Args:
        first: First target.
        last: One past the last target.
        start: First entry of each cell, (cells + 1,).
        neighbours: Cells, (entries,).
        closed: Whether an entry may not be used, the same in both directions, (entries,).
        queue: Room to work, (cells,).
        distance: Steps from target to cell, (cells, cells).
    """
    for target in range(first, last):
        search(target, target, start, neighbours, closed, queue, distance)


@kernel
def next_steps(
    first,
    last,
    # reads
    start,
    neighbours,
    closed,
    # writes
    queue,
    distance,
    steps,
):
    """Write which neighbour of each cell is next on a shortest path to the targets `first` to `last`.

    Shortest is fewest steps; of several neighbours it is the one that stands first.

    Args:
        first: First target.
        last: One past the last target.
        start: First entry of each cell, (cells + 1,).
        neighbours: Cells, (entries,).
        closed: Whether an entry may not be used, the same in both directions, (entries,).
        queue: Room to work, (cells,).
        distance: Room to work, (1, cells).
        steps: Place of the neighbour among those of the cell, or `STAY`, by target and cell, (cells, cells).
    """
    for target in range(first, last):
        search(target, 0, start, neighbours, closed, queue, distance)
        for cell in range(len(start) - 1):
            steps[target, cell] = STAY
            wanted = distance[0, cell] - 1
            if wanted >= 0:
                for entry in range(start[cell], start[cell + 1]):
                    if distance[0, neighbours[entry]] == wanted and not closed[entry]:
                        steps[target, cell] = entry - start[cell]
                        break


def steps_of(streets: Streets, closed: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """Next step by target and cell, (cells, cells): the place of the neighbour among those of the cell, or `STAY`.

    Args:
        streets: Cells and their neighbours.
        closed: Entries of `streets.neighbours` that may not be used, (entries,); none if not given.
    """
    cells = len(streets)
    steps = np.empty((cells, cells), np.uint8)
    queue, distance = np.empty(cells, np.int32), np.empty((1, cells), np.int32)
    next_steps(0, cells, streets.start, streets.neighbours, _closed(streets, closed), queue, distance, steps)
    return steps


def distances_of(streets: Streets, closed: NDArray[np.bool_] | None = None) -> NDArray[np.int16]:
    """Steps by target and cell, or `UNREACHED`, (cells, cells).

    Args:
        streets: Cells and their neighbours.
        closed: Entries of `streets.neighbours` that may not be used, (entries,); none if not given.
    """
    cells = len(streets)
    distance = np.empty((cells, cells), np.int16)
    queue = np.empty(cells, np.int32)
    distances(0, cells, streets.start, streets.neighbours, _closed(streets, closed), queue, distance)
    return distance


def _closed(streets: Streets, closed: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """Closed entries, none by default."""
    return np.zeros(len(streets.neighbours), bool) if closed is None else closed
