"""Where places and people are on the map: everybody is lodged, in the own district, by share and by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_world import ANDONG, SIZES, city, rows_of

from hyosan.rules.codes import Building, Setting
from hyosan.scenario.load import load
from hyosan.world.lodging import lodging_of, shop_of
from hyosan.world.streets import streets
from hyosan.world.synthesis import build
from hyosan.world.world import NOWHERE

MAP = streets()
HOMES = [Building.HOUSES, Building.FLATS]


def check(world):
    """Every place but lines has a building of a fitting kind, and all but the named ones in their district."""
    places, lodging = world.places, world.lodging
    assert lodging.dtype == np.int32
    assert lodging.shape == (len(places),)
    assert ((lodging == NOWHERE) == (places.setting == Setting.TRANSPORT)).all()
    kind, district = MAP.building_kind[lodging], MAP.building_district[lodging]
    setting = places.setting
    part = places.parent != NOWHERE
    assert (lodging[part] == lodging[places.parent[part]]).all()
    assert np.isin(kind[setting == Setting.HOME], HOMES).all()
    assert (kind[(setting == Setting.SCHOOL) | (setting == Setting.CLASS)] == Building.SCHOOL).all()
    assert (kind[setting == Setting.HOSPITAL] == Building.HOSPITAL).all()
    assert np.isin(kind[setting == Setting.CARE], [*HOMES, Building.CARE]).all()
    work = (setting == Setting.SITE) | ((setting == Setting.TEAM) & ~part)
    assert (kind[work] == Building.OFFICES).all()
    local = work | (setting == Setting.HOME) | (setting == Setting.CARE)
    assert (district[local] == places.district[local]).all()
    for row in rows_of(world, Setting.SCHOOL):
        name = world.sites[places.site[row]]
        assert MAP.building_name[lodging[row]] == name or name not in MAP.building_name
    for site in np.unique(places.site[places.site != NOWHERE]):
        assert len(set(lodging[places.site == site].tolist())) == 1
    assert world.shop.shape == (len(world.people),)
    assert (MAP.building_kind[world.shop] == Building.SHOPS).all()
    assert (MAP.building_district[world.shop] == world.people.district).all()


@pytest.mark.parametrize("people", SIZES)
def test_every_place_is_lodged(people):
    check(city(people))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 5000), st.integers(0, 2**63 - 1))
def test_every_place_is_lodged_in_a_city_of_any_size_and_seed(people, seed):
    check(city.__wrapped__(people, seed))


def test_every_place_of_a_million_people_is_lodged():
    check(city.__wrapped__(1_000_000))


def test_households_fill_buildings_in_runs_by_share():
    world = city()
    homes = rows_of(world, Setting.HOME)
    lodging, district = world.lodging[homes], world.places.district[homes]
    for here in range(len(world.districts)):
        mine = lodging[district == here]
        assert (np.diff(mine) >= 0).all(), "neighbouring households share a building"
        rows = np.flatnonzero((MAP.building_district == here) & np.isin(MAP.building_kind, HOMES))
        share = MAP.building_share[rows]
        expected = len(mine) * share / share.sum()
        assert np.abs(np.bincount(mine, minlength=len(MAP.building_cell))[rows] - expected).max() <= 1


def test_workers_fill_offices_by_share():
    world = city()
    work = np.flatnonzero(MAP.building_kind[world.lodging] == Building.OFFICES)
    work = work[(world.places.setting[work] == Setting.TEAM) & (world.lodging[work] != NOWHERE)]
    size = np.diff(world.places.start)[work]
    offices = MAP.building_kind == Building.OFFICES
    workers = np.bincount(world.lodging[work], weights=size, minlength=len(offices))
    assert (workers[~offices] == 0).all()
    here = offices & (MAP.building_district == world.districts.index("Yongsang-dong"))
    expected = workers[here].sum() * MAP.building_share[here] / MAP.building_share[here].sum()
    assert np.corrcoef(workers[here], expected)[0, 1] > 0.4


def test_people_spread_over_shops_by_share():
    district = np.zeros(200_000, np.int16)
    shop = shop_of(district, 7, MAP)
    rows = np.flatnonzero((MAP.building_kind == Building.SHOPS) & (MAP.building_district == 0))
    share = MAP.building_share[rows] / MAP.building_share[rows].sum()
    found = np.bincount(shop, minlength=len(MAP.building_cell))[rows] / len(district)
    # Six standard deviations.
    assert (np.abs(found - share) < 6 * np.sqrt(share / len(district))).all()
    assert (shop_of(district, 7, MAP) == shop).all()
    assert (shop_of(district, 8, MAP) != shop).any()


def test_the_high_school_is_in_its_building():
    world = city()
    school = next(
        at for at in rows_of(world, Setting.SCHOOL) if world.sites[world.places.site[at]] == "Hyosan High School"
    )
    building = MAP.building_name.index("Hyosan High School")
    classes = np.flatnonzero(world.places.parent == school)
    assert len(classes) > 20
    assert (world.lodging[classes] == building).all()


def test_where_a_district_has_no_care_home_people_are_cared_for_in_homes():
    class Without:
        building_kind = np.where(MAP.building_kind == Building.CARE, Building.OFFICES, MAP.building_kind)
        building_district, building_share, building_name, district = (
            MAP.building_district,
            MAP.building_share,
            MAP.building_name,
            MAP.district,
        )

    world = city(ANDONG)
    care = rows_of(world, Setting.CARE)
    lodging = lodging_of(world.places, world.sites, Without)
    assert np.isin(MAP.building_kind[lodging[care]], HOMES).all()
    assert (MAP.building_district[lodging[care]] == world.places.district[care]).all()


def test_other_worlds_have_no_streets():
    world = build(load("well-mixed"))
    assert world.streets is None
    assert len(world.lodging) == len(world.shop) == 0
    assert not city(100).lodging.flags.writeable
    assert not city(100).shop.flags.writeable
    assert city(100).streets is MAP
