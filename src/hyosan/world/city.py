"""The city: people, households, schools, workplaces, hospitals, care homes and mixing, from public counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import MEMBERSHIPS, Setting
from hyosan.world.assembly import Part, freeze, membership_of
from hyosan.world.care import care_homes, in_care
from hyosan.world.hospitals import hospitals
from hyosan.world.hours import shared_hours
from hyosan.world.households import households
from hyosan.world.layout import layout
from hyosan.world.lines import lines
from hyosan.world.lives import kinds_of_people
from hyosan.world.lodging import lodging_of, shop_of
from hyosan.world.mixing import age_groups, district_pools_of, pools_of
from hyosan.world.residents import districts, residents
from hyosan.world.schedule import present_hours
from hyosan.world.schools import schools
from hyosan.world.streets import streets
from hyosan.world.weeks import weeks
from hyosan.world.workplaces import employed, workplaces
from hyosan.world.world import People, World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.households import Households

TOWN = "Hyosan"


def city(scenario: Scenario) -> World:
    """A city of `scenario.people`; everybody is a row, by district, household, and last who lives in care homes."""
    seed = scenario.world.seed
    everybody = residents(int(scenario.people or 0), seed)
    cared_for = in_care(everybody)
    homes = households(everybody - cared_for, seed)
    age, sex, district, at_home = _rows(homes, cared_for)
    old = np.flatnonzero(~at_home)
    workers = employed(age, seed)
    workers = workers[at_home[workers]]
    education, workers = schools(age, district, workers, seed)
    health, workers = hospitals(age, workers)
    care, workers = care_homes(old, age, district, workers)
    first_site = len(education.sites) + len(health.sites) + len(care)
    work = workplaces(workers, district, seed, first_site=first_site)
    schedule = weeks().choose(kinds_of_people(age, education, health, care, work, seed), seed)
    schedules = weeks().schedules
    line_size, riders = lines(schedules, schedule, district, seed)
    dwellings = Part(Setting.HOME, homes.size, np.flatnonzero(at_home).astype(np.int32), homes.district)
    transport = Part(Setting.TRANSPORT, line_size, riders, district[riders[line_size.cumsum() - line_size]])
    places = layout(dwellings, education, health, care, work, transport)
    membership = membership_of(places, len(age))
    care_home = np.searchsorted(places.setting, Setting.CARE) + np.arange(len(care))
    membership[care.people, MEMBERSHIPS.index("dwelling")] = np.repeat(care_home, care.residents)
    sites = (*education.sites, *health.sites, *care.names(), *work.sites)
    return freeze(
        World(
            kind=scenario.world.kind,
            seed=seed,
            people=People(age, sex, np.zeros(len(age), np.int32), district, membership, schedule),
            places=places,
            pools=pools_of(age, schedule, len(schedules)),
            district_pools=district_pools_of(district, len(districts()), schedule, len(schedules)),
            schedules=schedules,
            shared_hours=shared_hours(schedules, schedule, places),
            present_hours=present_hours(schedules),
            towns=(TOWN,),
            districts=districts(),
            sites=sites,
            age_groups=age_groups(),
            streets=streets(),
            lodging=lodging_of(places, sites, streets()),
            shop=shop_of(district, seed, streets()),
        )
    )


def _rows(
    homes: Households, cared_for: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int16], NDArray[np.bool_]]:
    """(Age, sex, district, whether in a household) of everybody, districts one after another.

    Args:
        homes: Households and their members.
        cared_for: People in care homes by district, age and sex, (districts, 101, 2).
    """
    count = cared_for.ravel()
    where, years, sexes = (np.repeat(axis.ravel(), count) for axis in np.indices(cared_for.shape))
    district = np.concatenate([np.repeat(homes.district, homes.size), where.astype(np.int16)])
    order = np.argsort(district, kind="stable")
    age = np.concatenate([homes.age, years.astype(np.uint8)])[order]
    sex = np.concatenate([homes.sex, sexes.astype(np.uint8)])[order]
    return age, sex, district[order], order < len(homes.age)
