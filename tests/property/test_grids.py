"""Random text grids give valid plans: floors add up, doors lie on walls, and the native format keeps everything."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyosan.errors import PlanError
from hyosan.floorplan import native, text
from hyosan.floorplan.check import problems

OF_A_GRID = ("outline", "overlaps", "not on the outline", "outside of the room", "lies on", "is called", "are called")
"""What a text grid can never get wrong."""


def house(seed):
    """A random grid of rooms with random doors in their walls, furniture, and stairs between storeys.

    Returns:
        The text, and how many cells of floor and halves of doors each storey has.
    """
    chance = random.Random(seed)
    wide, deep, storeys = chance.randint(1, 4), chance.randint(1, 4), chance.randint(1, 3)
    widths = [chance.randint(2, 7) for _ in range(wide)]
    depths = [chance.randint(2, 6) for _ in range(deep)]
    across = [sum(widths[:n]) + n for n in range(wide + 1)]
    down = [sum(depths[:n]) + n for n in range(deep + 1)]
    blocks, counts = [], []
    for storey in range(storeys):
        rows = [["#"] * (across[-1] + 1) for _ in range(down[-1] + 1)]
        for x, y in ((x, y) for x in range(wide) for y in range(deep)):
            for row in range(down[y] + 1, down[y + 1]):
                for column in range(across[x] + 1, across[x + 1]):
                    rows[row][column] = chance.choice("......os>m")
        floor, halves = sum(letter != "#" for row in rows for letter in row), 0
        for x, y in ((x, y) for x in range(wide) for y in range(deep)):
            letter, at = chance.choice("#+DCLB"), chance.randrange(down[y] + 1, down[y + 1])
            if letter != "#":
                rows[at][across[x + 1]] = letter
                halves += 2 if x < wide - 1 else 1
            letter, at = chance.choice("#+DCLB"), chance.randrange(across[x] + 1, across[x + 1])
            if letter != "#":
                rows[down[y + 1]][at] = letter
                halves += 2 if y < deep - 1 else 1
        # One stair goes up from here along the upper wall, another comes from below along the left one.
        if storey < storeys - 1:
            rows[0][1 + storey % 2] = str(storey + 1)
            halves += 1
        if storey:
            rows[0][2 - storey % 2] = str(storey)
            halves += 1
        blocks.append(f"storey S{storey} {3 * storey}\n" + "\n".join("".join(row) for row in rows))
        counts.append(floor + halves / 2)
    return "cell 1\n\n" + "\n\n".join(blocks), counts


@given(st.integers(0, 2**32))
def test_floors_of_a_random_house_add_up_and_fit(seed):
    grid, counts = house(seed)
    plan = text.loads(grid)
    for storey, count in enumerate(counts):
        assert sum(room.area for _, room in plan.rooms_on(storey)) == pytest.approx(count)
    assert len(plan.stairs) == len(counts) - 1
    found = [problem.message for problem in problems(plan)]
    assert not [message for message in found if any(part in message for part in OF_A_GRID)]
    assert native.loads(native.dumps(plan)) == plan
    assert all(door.width >= 1 for door in plan.doors)


LETTERS = "##....+DCLBEXso^v<>m1ab "


@given(st.integers(0, 2**32), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(LETTERS)), max_size=4))
def test_a_scribble_is_a_plan_or_refused(seed, strokes):
    """Whatever is drawn, a plan that comes out has proper rooms, with every door and seat where it belongs."""
    drawn = house(seed)[0]
    for place, letter in strokes:
        at = min(int(place * len(drawn)), len(drawn) - 1)
        if drawn[at] in "#.+DCLBos>m":
            drawn = drawn[:at] + letter + drawn[at + 1 :]
    try:
        plan = text.loads(f"room a one\nroom b two hall\n{drawn}")
    except PlanError as error:
        plan, said = None, error.problems
    if plan is None:
        assert said
        assert all(problem.message and problem.line for problem in said)
        return
    found = [problem.message for problem in problems(plan)]
    assert not [message for message in found if any(part in message for part in OF_A_GRID)]
    assert native.loads(native.dumps(plan)) == plan
