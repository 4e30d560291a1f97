"""The story of an outbreak: what happened and when, no more than a page, and only of outbreaks in buildings."""

import numpy as np
import pytest

import indoors
import walked
from hyosan.errors import HyosanError
from hyosan.rules.codes import Outcome, Route
from hyosan.views.indoor import indoor_of
from hyosan.views.story import MOST_LINES, WIDTH, story


@pytest.fixture(scope="module")
def indoor():
    return indoor_of(indoors.outbreak())


@pytest.fixture(scope="module")
def told():
    return story(indoors.outbreak()).splitlines()


def test_the_story_is_this_one(indoor, told):
    n = indoor.names
    assert told[:19] == [
        "Two rooms (two-rooms, seed 7). Names are made up.",
        f"10:01:00  An animal bites {n[0]}, 17 of the right room, in the right room.",
        f"10:02:00  {n[0]}, bitten 1 min ago, turns in the right room.",
        "10:02:00  The right room falls: hunters are in it.",
        f"10:02:01  {n[7]} leads 2 others in the left room.",
        "10:02:02  2 people hide in the left room for 2 min 20 s, until hunters come in, behind a door that is",
        "          barricaded.",
        f"10:02:05  {n[0]} bites {n[1]} in the right room.",
        f"10:02:10  {n[3]} helps {n[2]} to fend off hunters in the right room.",
        f"10:02:15  {n[3]} calls for help in the right room; 1 more do later.",
        f"10:02:20  {n[2]} and {n[3]} get out by the east end within 5 s.",
        f"10:02:30  {n[7]} gets out by the west end.",
        "10:03:15  Everybody is told to lock themselves in.",
        "10:04:00  Everybody is told to leave by the west end.",
        "10:04:20  The door of the left room, barricaded 2 min 17 s ago, gives way after 1 min of blows.",
        "10:04:22  The left room falls: hunters are in it.",
        f"10:04:30  {n[0]} bites {n[5]} in the left room.",
        f"10:04:50  {n[6]} hides in the right room until the end, behind a door that is shut.",
        "10:05:00  1 officer comes in, the first in the corridor.",
    ]
    assert told[19] == f"10:05:20  {n[0]}, hunting, is shot in the left room."


def test_it_ends_with_how_things_stand(told):
    ending = " ".join(line.strip() for line in told[20:])
    assert ending == (
        "10:10:00  The end. 5 of 8 people are unhurt: 3 got out, 1 still hide and 1 are elsewhere in the building. "
        "Infected: 3; turned: 1; hunters destroyed: 1, still hunting: 0. Bites that did not infect: 1. "
        "They hide in the right room (1). Fallen rooms: the right room and the left room. "
        "Doors kept shut that held: 1, the longest for 5 min; doors broken: 1."
    )


def test_lines_are_in_order_of_time(told):
    clocks = [line[:8] for line in told[1:] if line[:2] == "10"]
    assert clocks == sorted(clocks)


def test_when_much_happens_it_is_still_a_page():
    chance = np.random.default_rng(1)
    rows = [
        (int(time), 0, int(person), Outcome.BITTEN, int(room), 5.0, 6.0)
        for time, person, room in zip(
            np.sort(chance.integers(120, 600, 400)), chance.integers(1, 8, 400), chance.integers(1, 3, 400), strict=True
        )
    ]
    bites = [(time, person, 0, Route.BITE, room) for time, _, person, _, room, _, _ in rows]
    keys = ("time_s", "infectee", "infector", "route", "room")
    infections = indoors._columns("infections", [*indoors.INFECTIONS[:1], *bites], keys)
    events = [(120.0 + each, each % 2, 6 if each % 3 else 5, 0) for each in range(300)]
    doors = indoors._columns("door_events", events, ("time_s", "door", "event", "person"))
    lines = story(indoors.records(infections=infections, door_events=doors)).splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDTH
    assert any("smaller things in between" in line for line in lines)
    assert any("An animal bites" in line for line in lines), "what begins it is never left out"
    assert any("turns in the right room" in line for line in lines)


def test_other_runs_have_no_story():
    with pytest.raises(HyosanError, match="no outbreak in a building, so there is no story"):
        story(walked.hall()[2])


def test_show_tells_it_and_the_numbers(hyosan, tmp_path):
    import json

    from hyosan.views.api import Run

    folder = tmp_path / "run"
    Run(indoors.records()).save(folder)
    assert hyosan("show", str(folder), "--story").output.splitlines() == story(indoors.outbreak()).splitlines()
    shown = hyosan("show", str(folder)).output
    for line in (
        "turned           1, the first at 10:02:00",
        "survivors        5",
        "strikes          4: 2 bitten, 1 wounded without infecting, 1 evaded",
        "doors            2 kept shut, 1 broken",
        "rooms that fell  2: Right room and Left room",
    ):
        assert line in shown
    numbers = json.loads(hyosan("show", str(folder), "--json", "--story").output)
    told = {key: numbers[key] for key in ("strikes", "doors_kept_shut", "doors_broken", "rooms_fallen")}
    assert told == {"strikes": 4, "doors_kept_shut": 2, "doors_broken": 1, "rooms_fallen": 2}
    assert numbers["story"][0] == "Two rooms (two-rooms, seed 7). Names are made up."


def test_the_next_steps_of_an_outbreak_mention_it():
    from pathlib import Path

    from hyosan.views.account import next_steps

    assert "hyosan show here --story" in next_steps(Path("here"), indoors.outbreak())
    assert "--story" not in next_steps(Path("here"), walked.hall()[2])
