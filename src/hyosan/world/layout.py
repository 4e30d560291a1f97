"""Layout: the places of a city in the order of their settings, and which is part of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.world.assembly import Part, places_of_parts
from hyosan.world.world import NOWHERE

if TYPE_CHECKING:
    from hyosan.world.care import CareHomes
    from hyosan.world.hospitals import Hospitals
    from hyosan.world.schools import Schools
    from hyosan.world.workplaces import Workplaces
    from hyosan.world.world import Places


def layout(
    households: Part, schools: Schools, hospitals: Hospitals, care: CareHomes, work: Workplaces, lines: Part
) -> Places:
    """All places of a city; sites are numbered: schools, hospitals, care homes, workplaces of several teams."""
    first_hospital = len(schools.sites)
    first_home = first_hospital + len(hospitals.sites)
    classes, teachers, school = _schools(schools)
    nurses, ward = _wards(hospitals, first_hospital)
    carers, home = _care_homes(care, first_home)
    workers, site = _workplaces(work, first_home + len(care))
    return places_of_parts([households, classes, teachers, nurses, carers, workers, school, site, lines, ward, home])


def _schools(schools: Schools) -> tuple[Part, Part, Part]:
    """(Classes, teams of teachers, schools)."""
    size, members = schools.members()
    # A school of a level that nobody attends is a name only.
    named = np.flatnonzero(size)
    rank = np.cumsum(size > 0) - 1
    district = np.zeros(len(size), np.int16)
    district[schools.class_site] = schools.class_district
    classes = Part(
        Setting.CLASS,
        schools.class_size,
        schools.class_members,
        schools.class_district,
        schools.class_site,
        Setting.SCHOOL,
        rank[schools.class_site],
    )
    teachers = Part(
        Setting.TEAM,
        schools.team_size,
        schools.staff,
        schools.team_district,
        schools.team_site,
        Setting.SCHOOL,
        rank[schools.team_site],
    )
    school = Part(Setting.SCHOOL, size[named], members, district[named], named.astype(np.int32))
    return classes, teachers, school


def _wards(hospitals: Hospitals, first: int) -> tuple[Part, Part]:
    """(Staffs of the wards, wards); the beds of a ward are its slots beyond the staff."""
    site = (first + hospitals.site).astype(np.int32)
    members = hospitals.workers.astype(np.int32)
    ward = Part(Setting.HOSPITAL, hospitals.staff, members, hospitals.district, site, beds=hospitals.beds)
    staffed = np.flatnonzero(hospitals.staff)
    district = hospitals.district[staffed]
    size = hospitals.staff[staffed]
    nurses = Part(Setting.TEAM, size, members, district, site[staffed], Setting.HOSPITAL, staffed)
    return nurses, ward


def _care_homes(care: CareHomes, first: int) -> tuple[Part, Part]:
    """(Teams of the staffs, care homes)."""
    site = (first + np.arange(len(care))).astype(np.int32)
    home = Part(Setting.CARE, care.residents + care.staff, care.members().astype(np.int32), care.district, site)
    staff = Part(
        Setting.TEAM,
        care.team_size,
        care.workers.astype(np.int32),
        care.district[care.team_home],
        site[care.team_home],
        Setting.CARE,
        care.team_home,
    )
    return staff, home


def _workplaces(work: Workplaces, first: int) -> tuple[Part, Part]:
    """(Teams, workplaces of several teams)."""
    large = work.team_site != NOWHERE
    parent = np.where(large, work.team_site - first, NOWHERE)
    teams = Part(Setting.TEAM, work.team_size, work.members, work.team_district, work.team_site, Setting.SITE, parent)
    district = np.zeros(len(work.site_size), np.int16)
    district[parent[large]] = work.team_district[large]
    site = (first + np.arange(len(work.site_size))).astype(np.int32)
    return teams, Part(Setting.SITE, work.site_size, work.at_sites(), district, site)
