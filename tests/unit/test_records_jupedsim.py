"""The export for JuPedSim and PedPy: its layout, who is in each frame, and that everybody is on the ground."""

import sqlite3
from contextlib import closing

import pytest
from made_run import small
from shapely import from_wkt
from shapely.geometry import Point, Polygon

import walked
from hyosan.errors import RecordsError
from hyosan.floorplan.plan import Floorplan, Room, Storey
from hyosan.records.export import export
from hyosan.records.jupedsim import ground_of
from hyosan.views.walks import walks_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return export(walked.house()[2], "jupedsim", tmp_path_factory.mktemp("export") / "house")


def rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_file_a_storey_in_the_layout_of_jupedsim(folder):
    names = ["0-ground.sqlite", "1-first.sqlite", "2-second.sqlite"]
    assert sorted(path.name for path in folder.iterdir()) == names
    last = walked.house()[2].summary["last_out_s"]  # nobody is there any more
    for name in names:
        path = folder / name
        tables = dict(rows(path, "SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        assert set(tables) == {"trajectory_data", "metadata", "geometry", "frame_data"}
        columns = [row[1:3] for row in rows(path, "PRAGMA table_info(trajectory_data)")]
        assert columns == [
            ("frame", "INTEGER"), ("id", "INTEGER"), ("pos_x", "REAL"), ("pos_y", "REAL"), ("ori_x", "REAL"),
            ("ori_y", "REAL"),
        ]  # fmt: skip
        about = dict(rows(path, "SELECT key, value FROM metadata"))
        assert about["version"] == "2"
        assert float(about["fps"]) == 2.0
        assert set(about) == {"version", "fps", "xmin", "xmax", "ymin", "ymax"}
        ((hashed, wkt),) = rows(path, "SELECT hash, wkt FROM geometry")
        ground = from_wkt(wkt)
        assert ground.geom_type == "Polygon"
        bounds = tuple(float(about[key]) for key in ("xmin", "ymin", "xmax", "ymax"))
        assert ground.bounds == pytest.approx(bounds)
        frames = rows(path, "SELECT frame, geometry_hash FROM frame_data ORDER BY frame")
        assert frames == [(frame, hashed) for frame in range(int(2 * last) + 1)]


def test_every_frame_has_everybody_who_is_inside_once(folder):
    walks = walks_of(walked.house()[2])
    for frame in (0, 40, 120):
        now = walks.at(frame / 2)
        found = []
        for storey, path in enumerate(sorted(folder.iterdir())):
            here = rows(path, f"SELECT id, pos_x, pos_y FROM trajectory_data WHERE frame = {frame}")
            found += [(storey, *row) for row in here]
        assert sorted(row[1] for row in found) == now.person.tolist()
        expected = {int(person): (int(storey), *place) for person, storey, place in
                    zip(now.person, now.storey, now.place.tolist(), strict=True)}  # fmt: skip
        assert {person: (storey, x, y) for storey, person, x, y in found} == {
            person: pytest.approx(place) for person, place in expected.items()
        }


def test_everybody_is_on_the_ground_and_faces_somewhere(folder):
    for path in folder.iterdir():
        ground = from_wkt(rows(path, "SELECT wkt FROM geometry")[0][0]).buffer(1e-6)
        for x, y, u, v in rows(path, "SELECT pos_x, pos_y, ori_x, ori_y FROM trajectory_data"):
            assert ground.covers(Point(x, y))
            assert u * u + v * v == pytest.approx(1, abs=1e-3)


def test_walls_part_rooms_and_doors_join_them():
    plan = walked.hall()[0]
    ground = ground_of(plan, 0)
    assert ground.covers(Point(9.75, 2.2))  # in the doorway
    assert not ground.covers(Point(9.75, 3.2))  # in the wall beside it
    (pillar,) = walked.house()[0].obstacles
    assert not ground_of(walked.house()[0], 0).intersects(Polygon(pillar.outline).buffer(-0.01))


def test_rooms_without_a_door_are_tied_to_the_others():
    def box(x):
        return ((x, 0.0), (x + 3.0, 0.0), (x + 3.0, 3.0), (x, 3.0))

    plan = Floorplan("two", (Storey("Ground", 0.0),), (Room("a", 0, box(0.0)), Room("b", 0, box(5.0))))
    ground = ground_of(plan, 0)
    assert ground.geom_type == "Polygon"
    assert ground.area == pytest.approx(2 * 2.96**2, abs=0.05)


def test_a_run_of_a_city_has_no_trajectories(tmp_path):
    with pytest.raises(RecordsError, match="This run was not in a building, so it has no trajectories"):
        export(small(), "jupedsim", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_pedpy_reads_it(folder):
    pedpy = pytest.importorskip("pedpy")
    for path in folder.iterdir():
        walk = pedpy.load_trajectory_from_jupedsim_sqlite(trajectory_file=path)
        area = pedpy.load_walkable_area_from_jupedsim_sqlite(trajectory_file=path)
        assert walk.frame_rate == 2.0
        assert pedpy.is_trajectory_valid(traj_data=walk, walkable_area=area)
