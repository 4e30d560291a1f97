"""Ways through a building against networkx: the same times, over locked and shut doors, queues and stairs."""

import networkx as nx
import numpy as np
import pytest

from hyosan.engine.building.building import law_array
from hyosan.engine.building.columns import FIRST_SIDE, FLOW, KIND, SIDE_COUNT, WIDTH
from hyosan.engine.building.routes import FAR_OFF, find_ways
from hyosan.rules.walking import Law

LOCKED, OPEN, SHUT = range(3)


class _Maze:
    """Random rooms and doors; some doors lead outside, some rooms are parts of stairs."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        rooms, doors = int(rng.integers(2, 25)), int(rng.integers(2, 60))
        self.passable = rng.choice([LOCKED, OPEN, SHUT], doors, p=[0.2, 0.5, 0.3])
        ends = [(door, *rng.permutation(rooms)[:2]) for door in range(doors)]
        outside = rng.random(doors) < 0.15
        halves = [(int(one), door, 0) for door, one, _ in ends]
        halves += [(int(other), door, 1) for door, _, other in ends if not outside[door]]
        halves.sort()
        self.side = np.full((len(halves), 5), -1, np.int64)
        self.room = np.zeros((rooms, 12), np.int64)
        self.room[:, KIND] = rng.random(rooms) < 0.3
        row_of = {(door, half): row for row, (_, door, half) in enumerate(halves)}
        for row, (room, door, half) in enumerate(halves):
            self.side[row] = door, room, row_of.get((door, 1 - half), -1), -1, rng.choice([-1, 1])
        for room in range(rooms):
            mine = np.flatnonzero(self.side[:, 1] == room)
            self.room[room, [FIRST_SIDE, SIDE_COUNT]] = (mine[0] if len(mine) else 0), len(mine)
        self.gate = np.zeros((len(halves), 16))
        self.gate[:, WIDTH] = rng.uniform(0.6, 3.0, len(halves))
        self.gate[:, FLOW] = np.where(rng.random(len(halves)) < 0.2, rng.uniform(0.3, 3.0, len(halves)), 0.0)
        self.waiting = rng.integers(0, 40, len(halves))
        counts = [int(self.room[room, SIDE_COUNT]) for room in self.side[:, 1]]
        self.inner_first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        self.inner = rng.uniform(0.5, 40.0, sum(counts))
        self.inner[rng.random(len(self.inner)) < 0.05] = 1e30
        behind = rng.uniform(0.0, 30.0, (1, len(halves)))
        self.target = np.where(rng.random((1, len(halves))) < 0.1, behind, -1.0)

    def found(self):
        """What the engine finds from each side [s]."""
        route, settled = np.zeros((1, len(self.side))), np.zeros(len(self.side), np.int64)
        find_ways(
            *(0, self.room, self.side, self.gate, self.inner, self.inner_first, self.passable, self.waiting),
            *(self.target, law_array(Law(), 0.05, 1.34, 0.15), route, settled),
        )
        return route[0]

    def through(self, row):
        """Time through a door: one second to open it, and half of those who wait, 1.9 a metre and second [s]."""
        flow = 1.9 * self.gate[row, WIDTH]
        if self.gate[row, FLOW] > 0:
            flow = min(flow, self.gate[row, FLOW])
        return float(self.passable[self.side[row, 0]] == SHUT) + 0.5 * self.waiting[row] / flow

    def graph(self):
        """Sides as nodes; an edge leads through a side and across the room behind it to another."""
        graph = nx.DiGraph()
        graph.add_nodes_from([*range(len(self.side)), "goal"])
        for row, (door, _, beyond, _, _) in enumerate(self.side):
            if self.passable[door] == LOCKED:
                continue
            if self.target[0, row] >= 0:
                graph.add_edge(row, "goal", weight=self.through(row) + self.target[0, row])
            if beyond < 0:
                continue
            room = self.side[beyond, 1]
            first, count = self.room[room, [FIRST_SIDE, SIDE_COUNT]]
            for place, after in enumerate(range(first, first + count)):
                length = self.inner[self.inner_first[beyond] + place]
                if after != beyond and length < 1e29:
                    slope = 1.0
                    if self.room[room, KIND]:
                        slope = 2.2 if self.side[after, 4] == 1 else 1.93
                    graph.add_edge(row, after, weight=self.through(row) + length * slope / 1.34)
        return graph


@pytest.mark.parametrize("block", range(4))
def test_times_are_those_of_networkx(block):
    """Sums of at most some 240 numbers, in another order: 2⁻⁵³ each."""
    reached = locked_out = 0
    for seed in range(100 * block, 100 * block + 100):
        maze = _Maze(seed)
        expected = nx.single_source_dijkstra_path_length(maze.graph().reverse(), "goal")
        for row, time in enumerate(maze.found()):
            if row in expected:
                assert time == pytest.approx(expected[row], rel=1e-13, abs=0)
                reached += 1
            else:
                assert time == FAR_OFF
                locked_out += 1
    assert reached > 500
    assert locked_out > 500
