"""Ranking: cells and people put in an order that depends on nothing but who and where they are."""

from hyosan.engine.city.hunted import DISTRICT, HUNTER, NEIGHBOUR, NEIGHBOURS, NOISE, NUMBER, OUTDOORS, walkers_in
from hyosan.jit import part

KEYS, NEAR, CELLS = range(3)
"""Places in the tuple of room: keys to be sorted, distance of cells to hunters, cells in an order."""

MASK = 0xFFFFFFFF

MOST = 0x7FFFFFFF
"""More hunters than there are in any cell; shifted it still fits."""


@part
def sort_keys(count, keys):
    """Sort the first of some keys in place, by a heap."""
    for first in range(count // 2 - 1, -1, -1):
        sink(first, count, keys)
    for last in range(count - 1, 0, -1):
        keys[0], keys[last] = keys[last], keys[0]
        sink(0, last, keys)


@part
def sink(at, count, keys):
    """Let a key of a heap sink to where it belongs."""
    key = keys[at]
    while True:
        child = 2 * at + 1
        if child >= count:
            break
        if child + 1 < count and keys[child + 1] > keys[child]:
            child += 1
        if keys[child] <= key:
            break
        keys[at] = keys[child]
        at = child
    keys[at] = key


@part
def is_in(cell, area, street):
    """Whether a cell is in one of some districts, given as bits."""
    return (area >> street[DISTRICT][cell]) & 1 == 1


@part
def known_cells(area, law, street, hunt, room):
    """Write where patrols go: cells with hunters and noise or people outdoors, most hunters first; how many."""
    keys, number = room[KEYS], hunt[NUMBER]
    found = 0
    for cell in range(len(number)):
        is_known = hunt[NOISE][cell] > 0 or hunt[OUTDOORS][cell] + walkers_in(cell, law, street, hunt) > 0
        if number[cell, HUNTER] > 0 and is_known and is_in(cell, area, street):
            keys[found] = ((MOST - int(number[cell, HUNTER])) << 32) | cell
            found += 1
    sort_keys(found, keys)
    for at in range(found):
        room[CELLS][at] = keys[at] & MASK
    return found


@part
def near_hunters(street, hunt, room):
    """Write cells in the order of their distance to hunters, then of their number; and the distances, -1 if none."""
    near, cells, number = room[NEAR], room[CELLS], hunt[NUMBER]
    count = 0
    for cell in range(len(number)):
        near[cell] = -1
        if number[cell, HUNTER] > 0:
            near[cell] = 0
            cells[count] = cell
            count += 1
    at = 0
    while at < count:
        for slot in range(NEIGHBOURS):
            other = street[NEIGHBOUR][cells[at], slot]
            if other >= 0 and near[other] < 0:
                near[other] = near[cells[at]] + 1
                cells[count] = other
                count += 1
        at += 1
    for cell in range(len(number)):
        if near[cell] < 0:
            cells[count] = cell
            count += 1
