"""Lodging: the building of every place, and the shops of every person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Building, Setting
from hyosan.rules.random import Draw
from hyosan.world.draws import words_of
from hyosan.world.world import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.world.streets import Streets
    from hyosan.world.world import Places

HOMES = (Building.HOUSES, Building.FLATS)
"""Buildings with homes."""


def lodging_of(places: Places, sites: Sequence[str], streets: Streets) -> NDArray[np.int32]:
    """Index of the building of every place, `NOWHERE` for lines, (places,).

    Schools and hospitals are in the building of their name; where the map has none of that name, in one of their kind
    in the district, by turns, or in the town. Households, workplaces and care homes are in buildings of their district.
    Parts are where the larger place is.

    Args:
        places: Places of a city.
        sites: Names of schools, hospitals and workplaces.
        streets: Streets with buildings of every kind.
    """
    lodging = np.full(len(places), NOWHERE, np.int32)
    setting = places.setting
    alone = places.parent == NOWHERE
    homes = np.flatnonzero(setting == Setting.HOME)
    lodging[homes] = _spread(places.district[homes], np.ones(len(homes), np.int64), HOMES, streets)
    work = np.flatnonzero((setting == Setting.SITE) | ((setting == Setting.TEAM) & alone))
    size = np.diff(places.start)[work]
    lodging[work] = _spread(places.district[work], size, (Building.OFFICES,), streets)
    for larger, kind in ((Setting.SCHOOL, Building.SCHOOL), (Setting.HOSPITAL, Building.HOSPITAL)):
        rows = np.flatnonzero(setting == larger)
        lodging[rows] = _by_name(places, rows, sites, kind, streets)
    care = np.flatnonzero(setting == Setting.CARE)
    lodging[care] = _by_turns(places.district[care], np.arange(len(care)), (Building.CARE,), HOMES, streets)
    parts = np.flatnonzero(~alone)
    lodging[parts] = lodging[places.parent[parts]]
    return lodging


def shop_of(district: NDArray[np.int16], seed: int, streets: Streets) -> NDArray[np.int32]:
    """Index of the building where each person buys, one with shops in the own district, by share, (people,).

    Args:
        district: District in which everybody lives, (people,).
        seed: Seed of the world.
        streets: Streets with shops in every district.
    """
    rows, upto, first, last = _weighed((Building.SHOPS,), streets)
    word = words_of(seed, Draw.SHOPPING, len(district)) >> 31
    before = upto[first] - streets.building_share[rows[first]]
    total = upto[last - 1] - before
    picked = before[district] + ((word * total[district]) >> 31)
    chosen: NDArray[np.int32] = rows[np.searchsorted(upto, picked, side="right")].astype(np.int32)
    return chosen


def _weighed(
    kinds: Sequence[Building], streets: Streets
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(Buildings of some kinds by district, their cumulated shares, first and one past the last of each district)."""
    rows = np.flatnonzero(np.isin(streets.building_kind, kinds))
    district = streets.building_district[rows]
    order = np.argsort(district, kind="stable")
    every = np.arange(int(streets.district.max()) + 1)
    first, last = (np.searchsorted(district[order], every, side=side) for side in ("left", "right"))
    return rows[order], np.cumsum(streets.building_share[rows[order]], dtype=np.int64), first, last


def _spread(
    district: NDArray[np.int16], size: NDArray[np.int64], kinds: Sequence[Building], streets: Streets
) -> NDArray[np.int64]:
    """Buildings for places, in order: neighbouring places share one, which gets as much as its share of the district.

    Args:
        district: District of each place, (n,).
        size: How much each place counts, (n,).
        kinds: Kinds of buildings that there are in every district.
        streets: Streets with these buildings.
    """
    rows, upto, first, last = _weighed(kinds, streets)
    chosen = np.zeros(len(district), np.int64)
    for here in np.unique(district):
        mine = np.flatnonzero(district == here)
        share = upto[first[here] : last[here]] - (upto[first[here]] - streets.building_share[rows[first[here]]])
        until = np.cumsum(size[mine])
        # The middle of each place, as a share of all.
        middle = (2 * until - size[mine]) * share[-1] // (2 * until[-1])
        chosen[mine] = rows[first[here] + np.searchsorted(share, middle, side="right")]
    return chosen


def _by_turns(
    district: NDArray[np.int16],
    order: NDArray[np.int64],
    kinds: Sequence[Building],
    others: Sequence[Building],
    streets: Streets,
) -> NDArray[np.int64]:
    """Buildings for places, one after another: of `kinds` in the district, else of `others` there, else of `kinds`.

    Args:
        district: District of each place, (n,).
        order: Which turn each place has, (n,).
        kinds: Kinds of buildings that there are somewhere.
        others: Kinds to take where a district has none; may be none.
        streets: Streets with these buildings.
    """
    chosen = np.zeros(len(district), np.int64)
    all_of_kind = np.flatnonzero(np.isin(streets.building_kind, kinds))
    for here in np.unique(district):
        inside = streets.building_district == here
        for rows in (
            np.flatnonzero(inside & np.isin(streets.building_kind, kinds)),
            np.flatnonzero(inside & np.isin(streets.building_kind, others)),
            all_of_kind,
        ):
            if len(rows):
                mine = np.flatnonzero(district == here)
                chosen[mine] = rows[order[mine] % len(rows)]
                break
    return chosen


def _by_name(
    places: Places, rows: NDArray[np.int64], sites: Sequence[str], kind: Building, streets: Streets
) -> NDArray[np.int64]:
    """Buildings for places whose site has a name; by turns where no building of the kind has that name.

    Args:
        places: Places of a city.
        rows: Which of them, (n,).
        sites: Names of sites.
        kind: Kind of the buildings.
        streets: Streets with such buildings.
    """
    number = {streets.building_name[at]: at for at in np.flatnonzero(streets.building_kind == kind)}
    site = places.site[rows].astype(np.int64)
    chosen = np.array([number.get(sites[at], NOWHERE) for at in site], np.int64)
    lost = np.flatnonzero(chosen == NOWHERE)
    # Wards of one hospital stay together: a site has one turn, and the district of its first place.
    _, one, back = np.unique(site[lost], return_index=True, return_inverse=True)
    chosen[lost] = _by_turns(places.district[rows[lost]][one], site[lost][one], (kind,), (), streets)[back]
    return chosen
