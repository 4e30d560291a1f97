"""A grid over all frames, and in each of its cells the people there, one after another."""

from hyosan.engine.building.columns import (
    CELL_OF,
    REACH,
    SKIN,
)
from hyosan.jit import float_rule, part


@float_rule
def grid_cell(x, y, frame, law, grid, grid_corner):
    """Cell of the grid in which a place lies; cells are as long as neighbours are looked for."""
    i = int((x - grid_corner[frame, 0]) / (law[REACH] + law[SKIN]))
    j = int((y - grid_corner[frame, 1]) / (law[REACH] + law[SKIN]))
    i = min(max(i, 0), grid[frame, 1] - 1)
    j = min(max(j, 0), grid[frame, 2] - 1)
    return grid[frame, 0] + i * grid[frame, 2] + j


@part
def leave_cell(person, who, head, following):
    """Take a person out of its cell."""
    cell = who[person, CELL_OF]
    if cell < 0:
        return
    before, here = -1, head[cell]
    while here != person:
        before, here = here, following[here]
    if before < 0:
        head[cell] = following[person]
    else:
        following[before] = following[person]
    who[person, CELL_OF] = -1


@part
def enter_cell(person, cell, who, head, following):
    """Put a person into a cell."""
    following[person] = head[cell]
    head[cell] = person
    who[person, CELL_OF] = cell
