"""What is checked of pathogens whose infected hunt, each finding with its place, what was found and what to write."""

from __future__ import annotations

import tomllib

import pytest

from hyosan.errors import ScenarioError
from hyosan.scenario.load import from_table, load
from hyosan.scenario.model import resolved
from hyosan.units import day, minute

PATHOGEN = """
schema = 1
duration = "3 days"
step = "1 hour"
people = 50
hunters = 2
[world]
kind = "well-mixed"
[pathogen]
name = "ours"
alpha = 0.5
[pathogen.bite]
hazard = 0.1
[pathogen.states.hunting]
behaviour = "hunts"
infectiousness = 1.0
"""
WOUND = '[pathogen.bite.wounds.{name}]\nshare = {share}\nrisk = {risk}\nto = "{to}"\n'


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """Problems of a text, as they are printed."""
    monkeypatch.chdir(tmp_path)

    def problems(text):
        (tmp_path / "ours.toml").write_text(text)
        with pytest.raises(ScenarioError) as caught:
            load("ours.toml")
        return str(caught.value).splitlines()

    return problems


def changed(*pairs):
    """The pathogen's text with parts of it in place of others."""
    text = PATHOGEN
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def wounds(*rows):
    """The pathogen's text with wounds of (share, risk, to)."""
    return PATHOGEN + "".join(
        WOUND.format(name=f"w{place}", share=share, risk=risk, to=to) for place, (share, risk, to) in enumerate(rows)
    )


HUNTS = 'behaviour = "hunts"\ninfectiousness = 1.0\n'
BITE = "[pathogen.bite]\nhazard = 0.1\n"
SPENT = 'dwell = { distribution = "fixed", mean = "2 days" }\nnext = [{ to = "spent" }]\n[pathogen.states.spent]\n'

MESSAGES = {
    "no bite": (changed((BITE, "")), "9:2: pathogen.bite: is missing. Hunters need both pathogen.alpha and a table "),
    "no alpha": (changed(("alpha = 0.5\n", "")), "9:2: pathogen.alpha: is missing. Hunters need both pathogen.alpha "),
    "neither": (
        changed((BITE, "[pathogen.routes.air]\ncommunity = 1\n"), ("alpha = 0.5\n", ""), ("hunters = 2\n", "")),
        "13:1: pathogen.states.hunting.behaviour: is hunts, but there is no pathogen.bite. Write it, with alpha.",
    ),
    "routes too": (
        PATHOGEN + "[pathogen.routes.air]\ncommunity = 1\n",
        "17:2: pathogen.routes: stands beside bite. A pathogen whose infected hunt passes by bites alone: leave it "
        "out.",
    ),
    "reproduction number": (
        changed(("alpha = 0.5", "alpha = 0.5\nreproduction_number = 2")),
        "12:1: pathogen.reproduction_number: has no meaning for bites. Leave it out: alpha and hazard say how it "
        "spreads.",
    ),
    "dispersion": (
        changed(("alpha = 0.5", "alpha = 0.5\ndispersion = 2")),
        "12:1: pathogen.dispersion: has no meaning for bites. Leave it out: alpha and hazard say how it spreads.",
    ),
    "nobody hunts": (
        changed((HUNTS, ""), ("hunters = 2", "infected_at_start = 2")),
        '14:2: pathogen.states: has nobody who hunts. Write behaviour = "hunts" for the state in which the infected '
        "do.",
    ),
    "a state that is there": (
        changed((HUNTS, HUNTS + SPENT.replace("spent", "killed"))),
        "19:2: pathogen.states.killed: is a state that is there anyway. Choose another name, such as "
        "'killed_otherwise'.",
    ),
    "susceptible again": (
        changed((HUNTS, HUNTS + SPENT.split("\n")[0] + '\nnext = [{ to = "susceptible" }]\n')),
        "14:2: pathogen.states.hunting: makes people susceptible again, which bites cannot. Lead to a final state.",
    ),
    "hunts and does not infect": (
        changed(("infectiousness = 1.0\n", "")),
        "14:2: pathogen.states.hunting.infectiousness: is 0, but it hunts. Who hunts has infectiousness 1, "
        "nobody else has any.",
    ),
    "infects and does not hunt": (
        changed((HUNTS, HUNTS + SPENT + "infectiousness = 0.5\n")),
        "20:1: pathogen.states.spent.infectiousness: is 0.5, but it does not hunt. Who hunts has infectiousness 1, "
        "nobody else has any.",
    ),
    "shares of wounds": (
        wounds((0.5, 1, "hunting"), (0.4, 1, "hunting")),
        "17:2: pathogen.bite.wounds: has shares of 0.9 together. Write shares that add up to 1.",
    ),
    "wounds that infect nobody": (
        wounds((1, 0, "hunting"), (0, 1, "hunting")),
        "17:2: pathogen.bite.wounds: infects nobody. Write a risk above 0 for at least one wound that has a share.",
    ),
    "a wound that leads nowhere": (
        wounds((1, 1, "huntin")),
        "20:1: pathogen.bite.wounds.w0.to: 'huntin': no such state. Known: hunting.",
    ),
    "a pause": (
        changed(("hazard = 0.1", 'hazard = 0.1\npause = "2 days"')),
        "14:1: pathogen.bite.pause: '2 days' is too long. Write 1 day at most.",
    ),
    "phone": (
        PATHOGEN + '[flight]\nphone = "2 years"\n',
        "18:1: flight.phone: '17532 hours' is too long. Write 1 year at most.",
    ),
    "forays": (
        PATHOGEN + '[flight]\nforays = "36 hours"\n',
        "18:1: flight.forays: '36 hours' is not a number of days. Write '1 day' to '365 days', or '0 days' for never.",
    ),
    "presence": (
        PATHOGEN + '[records]\npresence = "0 seconds"\n',
        "18:1: records.presence: '0 seconds' is too often. Write '1 minute' or more.",
    ),
    "hunters and a cold": (
        'extends = "well-mixed"\nhunters = 3\ninfected_at_start = 0\n',
        "2:1: hunters: has no meaning without a pathogen whose infected hunt. Leave it out, or write pathogen.bite.",
    ),
    "hunters in streets": (
        'extends = "hyosan"\nhunters = 3\ninfected_at_start = 0\npathogen = "szr"',
        '2:1: hunters: has no meaning in a world of kind "city". Write infected_at_start, or world.kind = "well-mixed" '
        'or "closed-cells" or "lattice".',
    ),
    "hunters who wait": (
        'extends = "szr"\npathogen = "jonas"\n',
        "12:1: hunters: has no meaning where an infection begins with bitten_head, in which nobody hunts. "
        "Write infected_at_start.",
    ),
    "hunters and infected": (
        changed(("hunters = 2", "hunters = 2\ninfected_at_start = 2")),
        "7:1: infected_at_start: stands beside hunters. Write one of them.",
    ),
    "more hunters than sites": (
        'extends = "szr"\npeople = 9\ncells = 4\nside = 3\nhunters = 10\nworld.kind = "lattice"\n',
        "5:1: hunters is 10, but there are only 9 people in a patch. Lower the one or raise the other.",
    ),
    "a cold on a lattice": (
        'schema = 1\nduration = "9 days"\npathogen = "measles"\ncells = 4\nside = 3\nworld.kind = "lattice"\n',
        '6:1: world.kind: is "lattice", where people meet their neighbours by bites alone. Write another kind.',
    ),
    "bites in households": (
        'extends = "households"\npathogen = "szr"\n',
        '24:1: world.kind: is "households", where pair_probability says how infection passes. Write another kind.',
    ),
    "layers": (
        PATHOGEN + '[[layers]]\nsetting = "home"\nbound = 1\nlevel = 1\n',
        "17:3: layers: has no meaning for bites, of which there is one stream. Leave it out.",
    ),
    "a level": (
        PATHOGEN + "[base_level]\nclass = 0\n",
        "18:1: base_level.class: has no meaning for bites. Leave it out: pathogen.bite.hazard says how often.",
    ),
    "a leaky vaccine": (
        PATHOGEN + "[vaccinated_at_start]\nshare = 0.5\nefficacy = 0.5\n",
        '17:2: vaccinated_at_start.action: is "leaky", but a bite takes or not, and asks no vaccine. '
        'Write action = "all-or-nothing".',
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(refused, name):
    text, expected = MESSAGES[name]
    problems = refused(text)
    assert any(expected in problem for problem in problems), problems


NUMBERS = {
    "hazard": ("0", "nan", "-1", "3601", "1e-9", '"6 an hour"', "true", "[]"),
    "area": ("0", "inf", "100001", '"1 km2"'),
    "pause": ("60", '"1 minut"', '"-1 minute"', '"99 years"'),
    "pace": ("0", "13", '"fast"'),
    "speed": ("0.01", "1e9", "{ value = 99 }"),
    "hearing": ("-1", "5001", "nan"),
    "breaking": ("-0.1", "101"),
    "company": ("-0.1", "11"),
    "wounds": ("3", "[]", "{ head = 1 }", "{ Head = { share = 1, risk = 1, to = 'hunting' } }", "{ a = {} }"),
    "source": ("3", '"somebody said so"'),
    "hazzard": ("1",),
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in NUMBERS.items() for value in values])
def test_hostile_values_of_bites(refused, key, value):
    text = changed(("hazard = 0.1\n", f"{key} = {value}\n" + ("hazard = 0.1\n" if key != "hazard" else "")))
    assert any(":13:" in problem and f": pathogen.bite.{key}" in problem for problem in refused(text))


FLIGHT = {
    "leave": ("-0.1", "1.1", '"all"'),
    "shelter": ("2", "nan"),
    "walking": ("0", "99"),
    "running": ("0.01", "{ value = 'x' }"),
    "refuge": ("0", "10001"),
    "phone": ("10", '"10 minuts"'),
    "barricade": ("0.5", "101"),
    "forays": ("3", '"1 hour"', '"90 years"'),
    "rumour": ("0", "1e10"),
    "hide": ("1",),
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in FLIGHT.items() for value in values])
def test_hostile_values_of_flight(refused, key, value):
    problems = refused(PATHOGEN + f"[flight]\n{key} = {value}\n")
    assert any(":18:" in problem and f": flight.{key}" in problem for problem in problems)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("pathogen.alpha", value) for value in (-0.1, 1001, "nan", "'x'", [])),
        *(("hunters", value) for value in (0, -1, 2.5, 3_000_000_000, "'one'")),
        *(("side", value) for value in (2, 30_001, 4.5)),
        *(("infected_at_start.by", value) for value in ("'rat'", 3, [])),
        *(("pathogen.states.hunting.behaviour", value) for value in ("'hunt'", 1)),
        *(("records.presence", value) for value in (3600, "1 hor", "59 seconds")),
    ],
)
def test_hostile_values_of_other_keys(key, value):
    with pytest.raises(ScenarioError, match=rf"--set: {key}"):
        load("szr", set={key: value, "infected_at_start.count": 0})


def test_what_is_right_is_read_back():
    text = PATHOGEN + '[flight]\nforays = "0 days"\nphone = "90 seconds"\n'
    made = from_table(tomllib.loads(text))
    assert (made.hunters, made.people_in_all, made.infected_of_a_group, made.flight.forays) == (2, 52, 2, 0)
    assert from_table(resolved(made)) == made
    assert (load("hyosan").flight.forays, load("hyosan").pathogen.bite.pause) == (3 * day, minute)


def test_a_number_of_flight_that_somebody_wrote_has_no_source_of_ours():
    assert load("hyosan").flight.source.startswith("assumed: what a scenario without a table")
    assert load("hyosan", set={"flight.leave": 0.5}).flight.source == "assumed: written in the scenario"
