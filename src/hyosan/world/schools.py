"""Schools: classes of pupils of one age, with their teachers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.random import Draw
from hyosan.world.draws import words_of
from hyosan.world.facts import table
from hyosan.world.workplaces import first_of_age, teams

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEACHER_AGES = (23, 64)
"""Ages of teachers: a first degree, and retirement before 65; assumed for private schools too."""


@dataclass(frozen=True)
class Schools:
    """Classes, and teams of teachers."""

    class_size: NDArray[np.int64]
    """Pupils and the teacher, (classes,)."""
    class_site: NDArray[np.int32]
    class_district: NDArray[np.int16]
    class_members: NDArray[np.int32]
    """People, class by class, the teacher last."""
    has_teacher: NDArray[np.bool_]
    """Whether the last member of each class is a teacher, (classes,)."""
    team_size: NDArray[np.int64]
    team_site: NDArray[np.int32]
    team_district: NDArray[np.int16]
    staff: NDArray[np.int32]
    """Teachers, team by team."""
    sites: tuple[str, ...]
    """Names of the schools."""
    class_teachers: NDArray[np.int32]
    """Teachers who have a class."""
    class_teachers_level: NDArray[np.int64]
    """Level of the school of each of them, an index into the rows of the table."""

    def members(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """(Pupils and teachers of each school, the people), school by school."""
        pupil = np.ones(len(self.class_members), bool)
        end = np.cumsum(self.class_size)
        pupil[end[self.has_teacher] - 1] = False
        school = np.concatenate(
            [np.repeat(self.class_site, self.class_size)[pupil], np.repeat(self.team_site, self.team_size)]
        )
        people = np.concatenate([self.class_members[pupil], self.staff])
        count = np.bincount(school, minlength=len(self.sites))
        return count, people[np.argsort(school, kind="stable")]


@dataclass(frozen=True)
class _Level:
    """Pupils of one level in classes, before there are teachers."""

    pupils: NDArray[np.int64]
    """People, class by class."""
    size: NDArray[np.int64]
    """Pupils of each class, (classes,)."""
    school: NDArray[np.int64]
    """School of each class, from 0, (classes,)."""
    count: int
    """Schools."""


def schools(
    age: NDArray[np.uint8], district: NDArray[np.int16], workers: NDArray[np.int64], seed: int
) -> tuple[Schools, NDArray[np.int64]]:
    """Put every pupil into a class, and teachers into classes and teams.

    Every class has a teacher of its own, who is a member; all teachers of a school are a staff, in teams.

    Args:
        age: Age of everybody [years], (people,).
        district: District in which everybody lives, rising, (people,).
        workers: People at work, in random order.
        seed: Seed of the world.

    Returns:
        The schools, and the workers who are not teachers, in the same order.
    """
    facts = table("schools").rows
    word = words_of(seed, Draw.PUPIL, len(age))
    levels = [_level(age, word, *map(int, row[1:6])) for row in facts]
    sites = [name for row, level in zip(facts, levels, strict=True) for name in _names(row[0], level.count)]
    first = np.cumsum([0, *(level.count for level in levels)])
    school = np.concatenate([level.school + at for level, at in zip(levels, first[:-1], strict=True)])
    size = np.concatenate([level.size for level in levels])
    pupils = np.concatenate([level.pupils for level in levels])
    staff = np.concatenate([_staff(level, *map(int, row[4:7:2])) for row, level in zip(facts, levels, strict=True)])
    teachers, others = first_of_age(workers, age, TEACHER_AGES, int(staff.sum()))
    staff = np.diff(np.minimum(np.cumsum(staff), len(teachers)), prepend=0)
    class_size, members, has = _with_teachers(pupils, size, school, teachers, staff)
    stands = _district_of(district, pupils, size, school, len(sites))
    team_size, team_school = teams(staff)
    made = Schools(
        class_size,
        school.astype(np.int32),
        stands[school],
        members,
        has,
        team_size,
        team_school.astype(np.int32),
        stands[team_school],
        teachers.astype(np.int32),
        tuple(sites),
        members[np.cumsum(class_size)[has] - 1],
        np.searchsorted(first, school[has], side="right") - 1,
    )
    return made, others


def _staff(level: _Level, classes: int, teachers: int) -> NDArray[np.int64]:
    """Teachers of each school, as many a class as in the whole country, (schools,)."""
    return (2 * np.bincount(level.school, minlength=level.count) * teachers + classes) // (2 * classes)


def _level(
    age: NDArray[np.uint8], word: NDArray[np.int64], first: int, last: int, schools: int, classes: int, students: int
) -> _Level:
    """Cut the pupils of each grade into classes of the national mean size, and give the classes to schools.

    Pupils stand in the order of their districts, and a school takes neighbours; they are mixed inside its grades.
    """
    grades = [np.flatnonzero(age == years) for years in range(first, last + 1)]
    class_count = [max(len(rows) > 0, (2 * len(rows) * classes + students) // (2 * students)) for rows in grades]
    everybody = sum(map(len, grades))
    count = (2 * everybody * schools + students) // (2 * students)
    count = max(1, min(count, *(number for number in class_count if number), everybody or 1))
    pupils, sizes, school = [], [], []
    for rows, number in zip(grades, class_count, strict=True):
        if not number:
            continue
        of_class = np.arange(number) * count // number
        size = np.diff(np.arange(number + 1) * len(rows) // number)
        of_pupil = np.repeat(of_class, size)
        pupils.append(rows[np.lexsort((word[rows], of_pupil))])
        sizes.append(size)
        school.append(of_class)
    none = np.zeros(0, np.int64)
    return _Level(
        np.concatenate([none, *pupils]), np.concatenate([none, *sizes]), np.concatenate([none, *school]), count
    )


def _names(level: str, count: int) -> list[str]:
    """Names of the schools of a level; the one in the middle of the list of districts bears the city's."""
    names = [f"{level} School {number}" for number in range(1, count + 1)]
    names[count // 2] = f"Hyosan {level} School"
    return names


def _with_teachers(
    pupils: NDArray[np.int64],
    size: NDArray[np.int64],
    school: NDArray[np.int64],
    teachers: NDArray[np.int64],
    staff_count: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """(Members of each class, the members, classes with a teacher): the first teachers have a class each."""
    order = np.argsort(school, kind="stable")
    in_school = np.bincount(school, minlength=len(staff_count))
    rank = np.empty(len(school), np.int64)
    rank[order] = np.arange(len(school)) - np.repeat(np.cumsum(in_school) - in_school, in_school)
    has = rank < staff_count[school]
    class_size = size + has
    end = np.cumsum(class_size)
    members = np.empty(int(class_size.sum()), np.int32)
    last = end[has] - 1
    seat = np.ones(len(members), bool)
    seat[last] = False
    members[seat] = pupils
    members[last] = teachers[(np.cumsum(staff_count) - staff_count)[school[has]] + rank[has]]
    return class_size, members, has


def _district_of(
    district: NDArray[np.int16],
    pupils: NDArray[np.int64],
    size: NDArray[np.int64],
    school: NDArray[np.int64],
    count: int,
) -> NDArray[np.int16]:
    """District of each school: where the pupil in the middle of its list lives, (schools,)."""
    of_pupil = np.repeat(school, size)
    order = np.lexsort((pupils, of_pupil))
    number = np.bincount(of_pupil, minlength=count)
    stands = np.zeros(count, np.int16)
    filled = number > 0
    middle = (np.cumsum(number) - number + number // 2)[filled]
    stands[filled] = district[pupils[order[middle]]]
    return stands
