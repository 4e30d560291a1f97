"""The city: people, households, schools, workplaces and mixing, from public counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.world.assembly import freeze, membership_of, places_of
from hyosan.world.households import households
from hyosan.world.mixing import age_groups, pools_of, shared_hours
from hyosan.world.residents import districts, residents
from hyosan.world.schools import schools
from hyosan.world.workplaces import employed, workplaces
from hyosan.world.world import NOWHERE, People, World

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario

TOWN = "Hyosan"


def city(scenario: Scenario) -> World:
    """A city of `scenario.people`; everybody is a row, in the order of districts and households."""
    seed = scenario.world.seed
    homes = households(residents(int(scenario.people or 0), seed), seed)
    count = len(homes.age)
    district = np.repeat(homes.district, homes.size)
    workers = employed(homes.age, seed)
    education, workers = schools(homes.age, district, workers, seed)
    work = workplaces(workers, district, seed, first_site=len(education.sites))
    places = places_of(
        [Setting.HOME, Setting.CLASS, Setting.TEAM],
        [homes.size, education.class_size, np.concatenate([education.team_size, work.team_size])],
        [np.arange(count, dtype=np.int32), education.class_members, np.concatenate([education.staff, work.members])],
        [homes.district, education.class_district, np.concatenate([education.team_district, work.team_district])],
        [
            np.full(len(homes.size), NOWHERE, np.int32),
            education.class_site,
            np.concatenate([education.team_site, work.team_site]),
        ],
    )
    people = People(
        age=homes.age,
        sex=homes.sex,
        town=np.zeros(count, np.int32),
        district=district,
        membership=membership_of(places, count),
    )
    return freeze(
        World(
            kind=scenario.world.kind,
            seed=seed,
            people=people,
            places=places,
            pools=pools_of(homes.age),
            shared_hours=shared_hours(),
            towns=(TOWN,),
            districts=districts(),
            sites=(*education.sites, *work.sites),
            age_groups=age_groups(),
        )
    )
