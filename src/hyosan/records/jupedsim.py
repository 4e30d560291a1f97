"""Walks in a building in the trajectory format of JuPedSim: one SQLite file a storey."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import RecordsError
from hyosan.floorplan import native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan
    from hyosan.records.run import Records

VERSION = 2
"""Of the format: the newest that PedPy reads; later releases of JuPedSim convert it themselves."""

LAYOUT = """
CREATE TABLE trajectory_data(
    frame INTEGER NOT NULL, id INTEGER NOT NULL, pos_x REAL NOT NULL, pos_y REAL NOT NULL,
    ori_x REAL NOT NULL, ori_y REAL NOT NULL);
CREATE TABLE metadata(key TEXT NOT NULL UNIQUE PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE geometry(hash INTEGER NOT NULL, wkt TEXT NOT NULL);
CREATE UNIQUE INDEX geometry_hash ON geometry(hash);
CREATE TABLE frame_data(frame INTEGER NOT NULL, geometry_hash INTEGER NOT NULL);
CREATE INDEX frame_id_idx ON trajectory_data(frame, id);
"""

WALL, STRIP = 0.04, 0.005
"""Thickness of walls, and half the width of a strip that ties pieces of a ground together [m]."""

MOST_LETTERS = 40
"""Of a storey's name in the name of its file."""


def files_of(records: Records) -> Mapping[str, Callable[[IO[bytes]], object]]:
    """What fills each file of the export, by its name."""
    if not {"tracks", "floorplan"} <= set(records.names):
        raise RecordsError(
            "This run was not in a building, so it has no trajectories. --format jupedsim is for runs in buildings; "
            "for others there are csv, parquet, epicontacts and newick."
        )
    plan = native.loads(str(records.table("floorplan")["json"][0].as_py()), "floorplan.parquet")
    frames = Frames(records)
    return {
        f"{row}-{_file_name(storey.name)}.sqlite": partial(_fill, plan, row, frames)
        for row, storey in enumerate(plan.storeys)
    }


def _file_name(storey: str) -> str:
    """Name of a storey as part of the name of a file."""
    return re.sub(r"[^\w.-]+", "-", storey)[:MOST_LETTERS].strip("-.").lower() or "storey"


class Frames:
    """Tracks in which everybody who is in the building has a row at every look.

    Args:
        records: A run in a building.
    """

    def __init__(self, records: Records) -> None:
        tracks = records.table("tracks")
        self.time, self.person = tracks["time_s"].to_numpy(), tracks["person"].to_numpy().astype(np.int64)
        self.place = np.stack([tracks["x_cm"].to_numpy(), tracks["y_cm"].to_numpy()], axis=1) / 100.0
        names = tracks["storey"].combine_chunks()
        self.storey_names: list[str] = names.dictionary.to_pylist()
        self.storey = names.indices.to_numpy(zero_copy_only=False)
        self.gone = np.array(tracks["posture"].to_pylist()) == "gone"
        order = np.lexsort((self.gone, self.time, self.person))
        for name in ("time", "person", "place", "storey", "gone"):
            setattr(self, name, getattr(self, name)[order])
        self.follows = np.append(False, self.person[1:] == self.person[:-1])
        between = np.round(np.diff(self.time)[self.follows[1:]], 3)
        values, counts = np.unique(between[between > 0], return_counts=True)
        self.look = float(values[counts.argmax()]) if len(values) else 1.0
        self.count = int(np.floor(self.time.max(initial=0.0) / self.look + 1e-6)) + 1

    def rows(self, storey: str) -> Iterator[tuple[NDArray[Any], ...]]:
        """Person, place and direction of those on a storey, frame by frame."""
        code = self.storey_names.index(storey) if storey in self.storey_names else -1
        gone = np.hypot(*(self.place - np.roll(self.place, 1, axis=0)).T)
        moved = self.follows & (gone > 0)
        unit = np.where(moved[:, None], self.place - np.roll(self.place, 1, axis=0), 0.0)
        unit /= np.maximum(gone, 1e-9)[:, None]
        last = np.maximum.accumulate(np.where(moved | ~self.follows, np.arange(len(moved)), 0))
        unit = unit[last]
        unit[(unit == 0).all(axis=1)] = 1.0, 0.0
        people = int(self.person.max(initial=-1)) + 1
        now = np.full(people, -1)
        by_time = np.argsort(self.time, kind="stable")
        until = np.searchsorted(self.time[by_time], np.arange(self.count) * self.look + 1e-6, side="right")
        begin = 0
        for end in until.tolist():
            rows = by_time[begin:end]
            now[self.person[rows]] = rows
            begin = end
            here = np.flatnonzero(now >= 0)
            here = here[(self.storey[now[here]] == code) & ~self.gone[now[here]]]
            yield here, self.place[now[here]], unit[now[here]]


def ground_of(plan: Floorplan, storey: int) -> Any:
    """What can be walked on a storey, one polygon of shapely: rooms and stairs without obstacles, joined at doors."""
    from shapely.geometry import LineString, Polygon
    from shapely.ops import unary_union

    rooms = dict(plan.rooms_on(storey))
    # Walls are lines here, and take as much of the rooms on their sides there as it takes to see them.
    floors = [Polygon(room.outline, room.holes).buffer(-WALL / 2, join_style="mitre") for room in rooms.values()]
    openings = [door.segment for door in plan.doors if any(row in rooms for row in door.rooms)]
    openings += [end.segment for stair in plan.stairs for end in stair.ends if end.room in rooms]
    floors += [LineString(segment).buffer(0.75 * WALL, cap_style="flat") for segment in openings]
    for stair in plan.stairs:
        if any(end.room in rooms for end in stair.ends):
            line = LineString([(x, y) for x, y, _ in stair.path])
            floors.append(line.buffer((stair.width - WALL) / 2, cap_style="flat", join_style="mitre"))
    solid = [Polygon(thing.outline).buffer(0) for thing in plan.obstacles if thing.room in rooms]
    return _in_one(unary_union(floors).difference(unary_union(solid)))


def _in_one(ground: Any) -> Any:
    """A ground of one piece: others are tied to it by strips too narrow for anybody."""
    from shapely.geometry import LineString
    from shapely.ops import nearest_points

    parts = sorted(getattr(ground, "geoms", [ground]), key=lambda part: -part.area)
    whole = parts.pop(0)
    while parts:
        nearest = min(range(len(parts)), key=lambda row: whole.distance(parts[row]))
        part = parts.pop(nearest)
        strip = LineString(nearest_points(whole, part)).buffer(STRIP, cap_style="square")
        whole = whole.union(part).union(strip)
    return whole


def _fill(plan: Floorplan, storey: int, frames: Frames, file: IO[bytes]) -> None:
    """Write the file of one storey."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "storey.sqlite"
        connection = sqlite3.connect(path)
        try:
            connection.executescript(LAYOUT)
            _insert(connection, plan, storey, frames)
            connection.commit()
        finally:
            connection.close()
        file.write(path.read_bytes())


def _insert(connection: sqlite3.Connection, plan: Floorplan, storey: int, frames: Frames) -> None:
    """Fill the tables of one storey."""
    ground = ground_of(plan, storey)
    # The hash is a name; Python's own changes from run to run.
    name = int.from_bytes(hashlib.sha256(ground.wkt.encode()).digest()[:7], "big")
    connection.execute("INSERT INTO geometry VALUES(?, ?)", (name, ground.wkt))
    west, south, east, north = ground.bounds if not ground.is_empty else (0.0, 0.0, 0.0, 0.0)
    about = {"version": VERSION, "fps": 1 / frames.look, "xmin": west, "xmax": east, "ymin": south, "ymax": north}
    connection.executemany("INSERT INTO metadata VALUES(?, ?)", [(key, str(value)) for key, value in about.items()])
    for frame, (person, place, ahead) in enumerate(frames.rows(plan.storeys[storey].name)):
        rows = zip(person.tolist(), place.tolist(), ahead.tolist(), strict=True)
        connection.executemany(
            "INSERT INTO trajectory_data VALUES(?, ?, ?, ?, ?, ?)",
            [(frame, each, x, y, round(u, 4), round(v, 4)) for each, (x, y), (u, v) in rows],
        )
        connection.execute("INSERT INTO frame_data VALUES(?, ?)", (frame, name))
