"""Mutated plan files: each is a plan or refused with a message, in time.

`HYOSAN_MUTATIONS=2000 pytest tests/unit/test_floorplan_hostile.py -s` tries more, and says what came out.
"""

import json
import os
import random
import re
import time

import pytest

from hyosan.errors import PlanError
from hyosan.floorplan import formats, native
from hyosan.floorplan.check import problems
from scribbles import cut, flip_bytes, insert_letters_of

FILES = int(os.environ.get("HYOSAN_MUTATIONS", "300"))
LONGEST = 5.0
"""Time that a file may take [s]."""

GRID = """name school
title A small school
cell 0.5
room l lab laboratory capacity=30 Science lab
room c corridor corridor
zone z waiting start
gate k line
door d locked keys=teacher,janitor strength=8 glass
; a remark

storey Ground 0
####################
#l.....#..>.>o#v...#
#.o.s..#..>.>.#..m.#
#......#......#....#
###DD####dd####CC###
#c.......k..zz.....E
#........k..zz.....E
##11################

storey First floor 3.4
####################
#........m.........#
#..................#
##11################
"""

VALUES = ("1e999", "-1e999", "NaN", "9" * 400, "9" * 5000, "1e-320", "-0.0", "true", "null", "[]", "{}", '""', '"x"')
VALUES += ('"outside"', '"\\ud800"', "[[[]]]", "[0, 0]", "[1e5, 1e5]", "0.0005", "-1", "2.5", '"locked"', '"\u202e"')
LETTERS = "aZ09_-.= \t\n\r\"'[]{},:#\\\0\x07\x7fé韓🦠\u202e\ufeff\u2028D+E1o"
insert_letters = insert_letters_of(LETTERS)


def swap_tokens(text, chance):
    tokens = re.split(r'("(?:[^"\\]|\\.)*"|-?[\d.]+|\w+|\s+|.)', text)
    for _ in range(chance.randint(1, 4)):
        first, second = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[first], tokens[second] = tokens[second], tokens[first]
    return "".join(tokens).encode()


def swap_values(text, chance):
    """Numbers and words in place of others."""
    places = [match.span() for match in re.finditer(r'-?\b\d[\d.]*|"[^"\n]*"(?!:)|true', text)]
    for first, last in sorted(chance.sample(places, min(len(places), chance.randint(1, 3))), reverse=True):
        other = chance.choice(places)
        value = chance.choice(VALUES) if chance.random() < 0.5 else text[slice(*other)]
        text = text[:first] + value + text[last:]
    return text.encode("utf-8", "surrogatepass")


def nest(text, chance):
    deep = chance.choice((3, 15, 17, 1000, 100_000))
    left, right = chance.choice((("[", "]"), ('{"a":', "}"), ("[[1,2],", "]")))
    place = chance.randrange(len(text))
    return (text[:place] + left * deep + right * chance.choice((deep, 0)) + text[place:]).encode()


def mix_lines(text, chance):
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
        if chance.random() < 0.5:
            lines[first], lines[second] = lines[second], lines[first]
        else:
            lines[first:first] = [lines[second]] * chance.choice((1, 2, 50))
    return "\n".join(lines).encode()


def letters_of_the_grid(text, chance):
    """Letters of a grid in place of others: what a person gets wrong."""
    places = [place for place, letter in enumerate(text) if letter in "#.o"]
    for place in chance.sample(places, min(len(places), chance.randint(1, 6))):
        text = text[:place] + chance.choice("#.+DCLBEXso^v<>m123lckzdZ ") + text[place + 1 :]
    return text.encode()


def nudge(text, chance):
    """Other digits in numbers: walls and doors a little off."""
    places = [match.start() for match in re.finditer(r"\d", text)]
    for place in chance.sample(places, min(len(places), chance.randint(1, 2))):
        text = text[:place] + str(chance.randrange(1, 10)) + text[place + 1 :]
    return text.encode()


WAYS = (nudge, flip_bytes, swap_tokens, swap_values, cut, nest, insert_letters, mix_lines, letters_of_the_grid)


def mutated(text, seed, count):
    """Seeded files, changed in one or two ways."""
    chance = random.Random(seed)
    for _ in range(count):
        data = chance.choice(WAYS)(text, chance)
        if chance.random() < 0.2:
            data = chance.choice(WAYS)(data.decode("utf-8", "replace") or " ", chance)
        yield data


def outcomes(path, text, seed):
    """How many files were plans and how many were refused; longest time that one took [s]."""
    plans = refused = 0
    longest = 0.0
    for number, data in enumerate(mutated(text, seed, FILES)):
        path.write_bytes(data)
        begun = time.perf_counter()
        try:
            plan = formats.read(path)
        except PlanError as error:
            plan, said = None, error
        if plan is None:
            refused += 1
            assert 1 <= len(said.problems) <= 101, number
            assert all(problem.message for problem in said.problems), number
            assert all(str(path) in str(problem) for problem in said.problems), number
            assert str(said).replace("\n", "").isprintable(), number
        else:
            plans += 1
            assert all(problem.message for problem in problems(plan)), number
            assert native.loads(native.dumps(plan)) == plan, number
        longest = max(longest, time.perf_counter() - begun)
        assert longest < LONGEST, number
    return plans, refused, longest


@pytest.fixture(scope="module")
def native_text(tmp_path_factory):
    path = tmp_path_factory.mktemp("grid") / "school.txt"
    path.write_text(GRID)
    return native.dumps(formats.read(path))


@pytest.mark.parametrize("ending", ["json", "txt"])
def test_a_mutated_file_is_a_plan_or_refused(tmp_path, ending, native_text):
    text = GRID if ending == "txt" else native_text
    plans, refused, longest = outcomes(tmp_path / f"plan.{ending}", text, 7)
    print(f"{ending}: {plans} plans, {refused} refused, longest {longest:.2f} s")
    assert min(plans, refused) > 0.05 * FILES


PLAN = {"format": "hyosan-floorplan", "version": 1, "name": "x", "storeys": [{"name": "G", "elevation_m": 0}]}
ROOMS = [{"name": f"r{row}", "storey": "G", "outline_m": [[row, 0], [row + 1, 0], [row, 1]]} for row in range(5000)]
COMB = [[tooth / 10, 5 + 5 * (tooth % 2)] for tooth in range(4900)] + [[490, 0], [0, 0]]
HUGE = {
    "a grid without walls": ("txt", "storey A 0\n" + ("." * 500 + "\n") * 119),
    "a grid of small rooms": ("txt", "storey A 0\n" + ("#.#." * 125 + "\n" + "#" * 500 + "\n") * 59),
    "a grid of doors": ("txt", "storey A 0\n" + (".+.#" * 125 + "\n") * 119),
    "a grid of zones": ("txt", "zone z a\nstorey A 0\n" + ("z." * 250 + "\n" + "." * 500 + "\n") * 59),
    "many rooms": ("json", {"rooms": ROOMS}),
    "many bad rooms": ("json", {"rooms": [{"a": 1}] * 5000}),
    "many bad seats": ("json", {"rooms": ROOMS, "seats": [{"room": "q", "place_m": [0, 0]}] * 40_000}),
    "many unknown keys": ("json", {f"k{row}": 1 for row in range(300_000)}),
    "a room like a comb": ("json", {"rooms": [{"name": "z", "storey": "G", "outline_m": COMB}]}),
    "rooms on each other": ("json", {"rooms": [{**room, "outline_m": [[0, 0], [9, 0], [0, 9]]} for room in ROOMS]}),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_file_comes_in_time(tmp_path, name):
    """As large as the limits allow; the time is the processor's, whoever else is at it."""
    ending, content = HUGE[name]
    path = tmp_path / f"plan.{ending}"
    path.write_text(content if ending == "txt" else json.dumps({**PLAN, **content}))
    begun = time.process_time()
    try:
        said = problems(formats.read(path))
    except PlanError as error:
        said = error.problems
    assert said
    assert time.process_time() - begun < LONGEST
