"""Schools: who is in a class, how large classes and schools are."""

import csv

import numpy as np
import pytest
from made_world import SIZES, city, rows_of

from hyosan.rules.codes import Setting
from hyosan.world.facts import table
from hyosan.world.world import NOWHERE

PUPIL_AGES = range(6, 18)


def _classes(world):
    """(Class, ages of its pupils, ages of its teachers) of each class."""
    start, members, age = world.places.start, world.places.members, world.people.age
    for row in rows_of(world, Setting.CLASS):
        ages = age[members[start[row] : start[row + 1]]].astype(int)
        yield row, ages[ages < 18], ages[ages >= 18]


@pytest.mark.parametrize("people", SIZES)
def test_everybody_of_school_age_is_in_one_class_with_others_of_that_age(people):
    world = city(people)
    age = world.people.age
    pupils = (age >= PUPIL_AGES[0]) & (age <= PUPIL_AGES[-1])
    assert (world.people.school_class[pupils] != NOWHERE).all()
    assert (world.people.school_class[age < PUPIL_AGES[0]] == NOWHERE).all()
    for _, pupils, teachers in _classes(world):
        assert len(set(pupils)) == 1
        assert len(teachers) <= 1


def test_classes_are_as_large_as_in_the_country():
    world = city()
    for level in table("schools").rows:
        first, last, _, classes, students, _ = map(int, level[1:])
        sizes = [len(pupils) for _, pupils, _ in _classes(world) if first <= pupils[0] <= last]
        assert np.mean(sizes) == pytest.approx(students / classes, abs=0.3)
        assert max(sizes) - min(sizes) <= 3


def test_each_class_has_a_teacher_who_is_on_the_staff():
    world = city()
    for row, _, teachers in _classes(world):
        assert len(teachers) == 1
        assert 23 <= teachers[0] <= 64
        teacher = world.places.members[world.places.start[row + 1] - 1]
        team = world.people.team[teacher]
        assert world.places.site[team] == world.places.site[row]


@pytest.mark.parametrize(
    ("level", "pupils", "classes"), [("High", 548, 24), ("Middle", 407, 17), ("Elementary", 404, 20)]
)
def test_the_school_of_the_citys_name_is_of_the_usual_size(level, pupils, classes):
    world = city()
    site = world.sites.index(f"Hyosan {level} School")
    found = [len(ages) for row, ages, _ in _classes(world) if world.places.site[row] == site]
    assert len(found) == pytest.approx(classes, abs=1)
    assert sum(found) == pytest.approx(pupils, rel=0.15)


def test_schools_have_their_pupils_from_a_few_districts():
    world = city()
    for site in np.unique(world.places.site[rows_of(world, Setting.CLASS)]):
        rows = np.flatnonzero((world.places.setting == Setting.CLASS) & (world.places.site == site))
        members = np.concatenate(
            [world.places.members[world.places.start[row] : world.places.start[row + 1]] for row in rows]
        )
        pupils = members[world.people.age[members] < 18]
        lives = world.people.district[pupils]
        assert world.places.district[rows[0]] in lives
        assert np.ptp(lives) <= 15
        assert len(np.unique(world.places.district[rows])) == 1


def test_schools_are_those_published(data):
    with data("demography/korea_education_statistics.csv").open(encoding="utf-8") as lines:
        rows = {row["level"]: row for row in csv.DictReader(lines) if row["year"] == "2024"}
    for level in table("schools").rows:
        published = rows[level[0].lower()]
        assert level[3:] == tuple(published[name] for name in ("schools", "classes", "students", "teachers"))
