"""The map of Hyosan: connected streets, bridges as the only ways over water, buildings for everybody, and its maker."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_world import city, rows_of

from hyosan.rules.codes import Building, Setting
from hyosan.world.facts import table
from hyosan.world.paths import distances_of
from hyosan.world.residents import districts
from hyosan.world.streets import streets

ROOT = Path(__file__).parents[2]
NAMES = ("cells", "streets", "landscape", "buildings")
TOWN = [at for at, name in enumerate(districts()) if name.endswith("-dong")]
MAP = streets()
POINT = np.stack([MAP.x_m, MAP.y_m], axis=1).astype(float)
ORIGIN = np.repeat(np.arange(len(MAP)), np.diff(MAP.start))
KIND = np.array(table("cells").column("kind"))


def lines_of(kind):
    """Lines of the landscape of a kind, and their widths."""
    facts = table("landscape")
    rows = [row for row in facts.rows if row[0] == kind]
    numbers = dict.fromkeys(row[1] for row in rows)
    lines = [np.array([row[2:4] for row in rows if row[1] == number], float) for number in numbers]
    return lines, [int(next(row[4] for row in rows if row[1] == number)) for number in numbers]


def distance(points, line):
    """Distance of points to a line [m]."""
    a, way = line[:-1], np.diff(line, axis=0)
    apart = points[:, None] - a
    share = np.clip((apart * way).sum(axis=2) / (way**2).sum(axis=1), 0, 1)
    return np.linalg.norm(apart - share[:, :, None] * way, axis=2).min(axis=1)


def crossing(line):
    """Whether the way between neighbours crosses the line, (entries,)."""

    def side(p, q, r):
        return np.sign(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    a, b = POINT[ORIGIN][:, None], POINT[MAP.neighbours][:, None]
    c, d = line[None, :-1], line[None, 1:]
    return ((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)).any(axis=1)


def inside(points, polygon):
    """Whether points are inside a closed polygon."""
    a, b = polygon, np.roll(polygon, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        left = x < a[:, 0] + (y - a[:, 1]) * (b - a)[:, 0] / (b - a)[:, 1]
    return (((y >= a[:, 1]) != (y >= b[:, 1])) & left).sum(axis=1) % 2 == 1


def test_there_are_as_many_as_a_town_needs():
    assert 2000 <= len(MAP) <= 3000
    assert 5000 <= len(MAP.building_cell) <= 9000
    assert 5 <= MAP.bridge.sum() <= 8
    assert 4 <= MAP.exit.sum() <= 8
    assert 14_000 <= np.ptp(MAP.x_m) <= 20_000
    core = POINT[np.isin(MAP.district, TOWN) & (KIND == "street")]
    assert (np.ptp(core, axis=0) < 6500).all()


def test_everybody_can_walk_everywhere():
    assert distances_of(MAP).min() == 0


def test_neighbours_are_mutual_and_few():
    pairs = set(zip(ORIGIN.tolist(), MAP.neighbours.tolist(), strict=True))
    assert pairs == {(other, one) for one, other in pairs}
    assert len(pairs) == len(MAP.neighbours) == 2 * len(table("streets").rows)
    assert all(one != other for one, other in pairs)
    count = np.diff(MAP.start)
    assert count.min() >= 1
    assert count.max() <= 8
    assert ((count >= 2) & (count <= 4)).mean() > 0.9
    for cell in range(len(MAP)):
        assert (np.diff(MAP.neighbours[MAP.start[cell] : MAP.start[cell + 1]]) > 0).all()


def test_lengths_and_widths_are_those_of_their_kind():
    away = np.linalg.norm(POINT[ORIGIN] - POINT[MAP.neighbours], axis=1)
    town = np.isin(MAP.district, TOWN) & (KIND == "street")
    assert np.median(MAP.length_m[town]) == pytest.approx(110, abs=10)
    assert ((MAP.width_m[town] >= 8) & (MAP.width_m[town] <= 20)).all()
    road = KIND == "road"
    assert ((MAP.width_m[road] >= 6) & (MAP.width_m[road] <= 8)).all()
    assert np.median(away[road[ORIGIN] & road[MAP.neighbours]]) == pytest.approx(320, abs=20)
    assert away.max() < 520


def test_only_bridges_cross_water():
    lines, widths = lines_of("river")
    over = MAP.bridge[ORIGIN] | MAP.bridge[MAP.neighbours]
    crossed = np.zeros(len(ORIGIN), bool)
    for line, width in zip(lines, widths, strict=True):
        crossed |= crossing(line)
        way = np.linspace(0, 1, 15)[:, None, None]
        once = ~over & (MAP.neighbours > ORIGIN)
        points = POINT[ORIGIN[once]] * (1 - way) + POINT[MAP.neighbours[once]] * way
        assert distance(points.reshape(-1, 2), line).min() > width / 2, "a street lies in water"
    assert not (crossed & ~over).any()
    nearest = np.min([distance(POINT[MAP.bridge], line) for line in lines], axis=0)
    assert (nearest < 3).all(), "a bridge stands beside the water"
    assert (np.diff(MAP.start)[MAP.bridge] == 2).all()


def test_water_parts_the_town_without_its_bridges():
    """Bridges are what holds the banks together: with all of them shut there are three pieces of town, and no fewer."""
    shut = MAP.bridge[ORIGIN] | MAP.bridge[MAP.neighbours]
    apart = distances_of(MAP, shut)
    settled = KIND == "street"
    assert len({tuple(row[settled] < 0) for row in apart[settled]}) == 3


def test_no_street_climbs_a_hill():
    lines, _ = lines_of("hill")
    assert len(lines) > 20
    way = np.linspace(0, 1, 15)[:, None, None]
    once = MAP.neighbours > ORIGIN
    points = (POINT[ORIGIN[once]] * (1 - way) + POINT[MAP.neighbours[once]] * way).reshape(-1, 2)
    for hill in lines:
        near = ((points > hill.min(axis=0)) & (points < hill.max(axis=0))).all(axis=1)
        assert not inside(points[near], hill).any()


def test_buildings_stand_on_streets():
    count = np.bincount(MAP.building_cell, minlength=len(MAP))
    assert (count[KIND == "street"] >= 1).all()
    assert count.max() <= 4
    assert not count[MAP.bridge].any()
    assert not count[(KIND == "road") & (np.arange(len(MAP)) != MAP.building_cell[named("Camp Hyosan")])].any()
    assert (np.diff(MAP.building_cell) >= 0).all()
    assert (MAP.building_share >= 1).all()
    assert (MAP.building_entrances >= 1).all()
    strength = dict(zip(Building, (6, 24, 3, 12, 20, 20, 12, 60, 40), strict=True))
    assert all(MAP.building_strength[at] == strength[kind] for at, kind in enumerate(MAP.building_kind))


@pytest.mark.parametrize("district", range(len(districts())))
def test_every_district_has_homes_offices_and_shops(district):
    kinds = set(MAP.building_kind[MAP.building_district == district].tolist())
    assert kinds & {Building.HOUSES, Building.FLATS}
    assert {Building.OFFICES, Building.SHOPS} <= kinds


def named(name):
    """Index of the building of a name."""
    return MAP.building_name.index(name)


def test_what_has_a_name_in_the_city_has_a_building_in_its_district():
    world = city()
    for setting, kind in ((Setting.SCHOOL, Building.SCHOOL), (Setting.HOSPITAL, Building.HOSPITAL)):
        rows = rows_of(world, setting)
        names = {world.sites[world.places.site[row]]: int(world.places.district[row]) for row in rows}
        buildings = np.flatnonzero(MAP.building_kind == kind)
        assert {MAP.building_name[at]: int(MAP.building_district[at]) for at in buildings} == names
    care = np.bincount(world.places.district[rows_of(world, Setting.CARE)], minlength=len(districts()))
    rows = MAP.building_kind == Building.CARE
    assert (np.bincount(MAP.building_district[rows], minlength=len(districts())) == care).all()
    assert len(set(MAP.building_name) - {""}) == sum(name != "" for name in MAP.building_name)


def test_the_school_the_police_and_the_camp_are_where_they_belong():
    core = POINT[(KIND == "street") & np.isin(MAP.district, TOWN)]
    for name in ("Hyosan High School", "Hyosan Police Station", "Hyosan General Hospital"):
        assert MAP.district[MAP.building_cell[named(name)]] in TOWN
    assert np.linalg.norm(POINT[MAP.building_cell[named("Hyosan Police Station")]] - np.median(core, axis=0)) < 1000
    camp = MAP.building_cell[named("Camp Hyosan")]
    assert KIND[camp] == "road"
    assert 300 < np.linalg.norm(core - POINT[camp], axis=1).min() < 800


def test_no_run_can_write_into_the_streets():
    arrays = [value for value in vars(MAP).values() if isinstance(value, np.ndarray)]
    assert len(arrays) == 14
    assert not any(array.flags.writeable for array in arrays)


def test_the_generator_makes_the_tables_of_the_package(tmp_path):
    subprocess.run([sys.executable, ROOT / "tools" / "make_streets.py", tmp_path], check=True)
    for name in NAMES:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert made == (ROOT / "src" / "hyosan" / "world" / "tables" / f"{name}.csv").read_bytes(), name
