"""Interventions as people write them: what is read, what is read back, and what is said when it is wrong."""

from __future__ import annotations

import math
import random
import tomllib
from datetime import datetime

import pytest

from hyosan.errors import ScenarioError
from hyosan.scenario.hunting_orders import HUNTING_KINDS
from hyosan.scenario.interventions import KINDS, MOST_INTERVENTIONS, CloseSchools, Vaccinate
from hyosan.scenario.load import from_table, load
from hyosan.scenario.model import Scenario, resolved
from hyosan.scenario.pathogen import Route
from hyosan.scenario.sections import SETTINGS, BaseLevel
from hyosan.units import day, hour, minute

DATES = "from = 2026-03-10\nuntil = 2026-04-01T08:30:00\nsource = 'assumed: here'\n"

FEWEST = {
    "isolate-symptomatic": "adherence = 0.5",
    "quarantine-households": "adherence = 0.5",
    "close-schools": "",
    "close-workplaces": "share = 0.4",
    "limit-gatherings": "share = 0.4",
    "curfew": 'hours = ["22:00", "05:00"]\nadherence = 0.9',
    "masks": "wearing = 0.8\nsource_control = 0.5\nprotection = 0.3",
    "vaccinate": "per_day = 1000\nuptake = 0.6\nefficacy = 0.7",
    "trace-contacts": "ascertainment = 0.4\ncoverage = 0.5\ncapacity = 40\nadherence = 0.7",
    "warn": "share = 0.6",
    "cordon": "leak = 0.02\nbridges = true",
    "patrol": "units = 40\nper_hour = 2",
    "evacuate": "buses = 40\nseats = 45",
    "shelter": 'building = "Camp Hyosan"\ncapacity = 5000',
}
"""The fewest keys of each kind."""

MORE = {
    "isolate-symptomatic": "delay = '36 hours'",
    "quarantine-households": "delay = '0 days'\nduration = '10 days'",
    "close-schools": "compensation = 0.25",
    "close-workplaces": "",
    "limit-gatherings": "",
    "curfew": "",
    "masks": "",
    "vaccinate": "priority = [65, 50, 18, 0]\naction = 'all-or-nothing'\ndelay = '3 weeks'",
    "trace-contacts": "delay = '3 days'\nduration = '7 days'",
    "warn": "",
    "cordon": 'around = ["Ok-dong", "Pyeonghwa-dong"]',
    "patrol": 'mistakes = 0.02\ndistricts = ["Ok-dong"]',
    "evacuate": "districts = ['Ok-dong']\ntrip = '90 minutes'",
    "shelter": "screening = 0.8",
}
"""The keys that may be left out."""

HEAD = 'extends = "hyosan-influenza"\n[[interventions]]\n'
HEAD_OF_A_HUNT = 'extends = "hyosan"\n[[interventions]]\n'


def head(kind):
    """A scenario in which an intervention of that kind has a meaning."""
    return HEAD_OF_A_HUNT if kind in HUNTING_KINDS else HEAD


@pytest.fixture
def written(tmp_path):
    """A scenario loaded from a text."""

    def load_text(text):
        file = tmp_path / "ours.toml"
        file.write_text(text, encoding="utf-8")
        return load(file)

    return load_text


@pytest.fixture
def refused(written, tmp_path):
    """Problems of a text, one a line, the folder left out."""

    def problems(text):
        with pytest.raises(ScenarioError) as caught:
            written(text)
        return str(caught.value).replace(f"{tmp_path}/", "").splitlines()

    return problems


def table(kind, /, **keys):
    """A table of the fewest keys of a kind, some of them replaced; None leaves a key out."""
    plain = {"kind": kind, **tomllib.loads(FEWEST[kind]), **keys}
    return {key: value for key, value in plain.items() if value is not None}


def with_interventions(*tables, **changes):
    """The scenario of Hyosan with interventions."""
    return load("hyosan-influenza", set={"interventions": list(tables), **changes})


def read_back(scenario):
    assert from_table(resolved(scenario)) == scenario
    assert Scenario.model_validate(resolved(scenario)) == scenario
    assert load(scenario) == scenario


@pytest.mark.parametrize("kind", KINDS)
def test_the_fewest_keys_are_enough(written, kind):
    scenario = written(f'{head(kind)}kind = "{kind}"\n{FEWEST[kind]}\n')
    (made,) = scenario.interventions
    assert type(made) is KINDS[kind]
    assert (made.kind, made.begin, made.until) == (kind, None, None)
    assert made.source.startswith("assumed:")
    read_back(scenario)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("keys", FEWEST.values(), ids=FEWEST)
def test_every_key_of_the_fewest_is_needed_and_no_other_is(refused, kind, keys):
    """A table with the keys of another kind is refused, but where they are the same."""
    given, needed = set(tomllib.loads(keys)), set(tomllib.loads(FEWEST[kind]))
    known = {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    if needed <= given <= known:
        return
    problems = "\n".join(refused(f'{HEAD}kind = "{kind}"\n{keys}\n'))
    for key in needed - given - {"bridges"}:  # or else `around`
        assert f"interventions[0].{key}: is missing. Write " in problems
    for key in given - known:
        assert f"interventions[0].{key}: no such key. " in problems


@pytest.mark.parametrize("kind", KINDS)
def test_all_keys(written, kind):
    text = f'{head(kind)}kind = "{kind}"\n{DATES}{FEWEST[kind]}\n{MORE[kind]}\n'
    keys = set(tomllib.loads(text)["interventions"][0])
    assert keys == {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    scenario = written(text)
    (made,) = scenario.interventions
    assert (made.begin, made.until) == (datetime(2026, 3, 10), datetime(2026, 4, 1, 8, 30))
    assert made.source == "assumed: here"
    assert set(resolved(scenario)["interventions"][0]) == keys
    read_back(scenario)


def test_values_are_in_seconds_and_shares_have_sources(written):
    kinds = ("isolate-symptomatic", "quarantine-households", "curfew", "vaccinate", "trace-contacts")
    rows = "".join(f'[[interventions]]\nkind = "{kind}"\n{FEWEST[kind]}\n' for kind in kinds)
    isolate, quarantine, curfew, vaccinate, trace = written('extends = "hyosan-influenza"\n' + rows).interventions
    assert (isolate.delay, isolate.adherence.value) == (day, 0.5)
    assert (quarantine.delay, quarantine.duration) == (day, 14 * day)
    assert curfew.hours == (22 * hour, 5 * hour)
    assert (vaccinate.per_day, vaccinate.priority, vaccinate.action, vaccinate.delay) == (1000, (0,), "leaky", 14 * day)
    assert (trace.capacity, trace.delay, trace.duration) == (40, 2 * day, 14 * day)
    sourced = {"value": 0.5, "source": "doi:10.1/1"}
    (made,) = with_interventions(table("close-workplaces", share=sourced)).interventions
    assert made.share.source == "doi:10.1/1"
    ages = {"from_age": [0, 65], "value": [0.1, 0.9]}
    (made,) = with_interventions(table("vaccinate", uptake=ages, priority=[65, 0])).interventions
    assert [made.uptake.at(age) for age in (64, 65)] == [0.1, 0.9]
    assert made.priority == (65, 0)


def test_a_curfew_in_toml_times_and_with_seconds(written):
    (made,) = written(f'{HEAD}kind = "curfew"\nhours = [00:00:00, "05:30:01"]\nadherence = 1\n').interventions
    assert made.hours == (0, 5 * hour + 30 * minute + 1)
    assert made.model_dump(mode="json")["hours"] == ["00:00", "05:30:01"]


def test_a_list_replaces_that_of_the_parent_and_order_is_kept():
    base = with_interventions(table("masks"), table("close-schools"), table("masks"))
    assert [row.kind for row in base.interventions] == ["masks", "close-schools", "masks"]
    assert [row.kind for row in load(base, set={"interventions": []}).interventions] == []
    assert load("hyosan-influenza").interventions == ()


def test_sections_made_in_python():
    base = {"schema": 1, "duration": "9 days", "pathogen": resolved(load("hyosan-influenza"))["pathogen"]}
    made = CloseSchools(compensation=0.5)
    scenario = Scenario.model_validate({**base, "interventions": [made, {"kind": "close-schools"}]})
    assert scenario.interventions == (made, CloseSchools())


def test_the_limit_of_how_many():
    assert len(with_interventions(*[table("close-schools")] * MOST_INTERVENTIONS).interventions) == MOST_INTERVENTIONS
    with pytest.raises(ScenarioError, match=r"^--set: interventions: has 100 interventions\. Write 64 at most\.$"):
        with_interventions(*[table("close-schools")] * 100)


@pytest.mark.parametrize("kind", ["well-mixed", "closed-cells", "households"])
def test_what_has_no_effect_in_a_world_is_allowed(kind):
    kinds = [each for each in KINDS if each not in HUNTING_KINDS]
    assert len(load(kind, set={"interventions": [table(each) for each in kinds]}).interventions) == len(kinds)


def test_an_intervention_after_the_end_is_allowed():
    rows = [table("close-schools", **{"from": "2027-01-01", "until": "2027-02-01"})]
    assert load("hyosan-influenza", set={"interventions": rows}, until="3 days").interventions[0].begin.year == 2027


LIST = (
    "Known: close-schools, close-workplaces, cordon, curfew, evacuate, isolate-symptomatic, limit-gatherings, masks, "
)
LIST += "patrol, quarantine-households, shelter, trace-contacts, …"
START = "the start, 2026-03-02T00:00:00."
HOURS = 'Write two times of day, such as hours = ["22:00", "05:00"].'
SHARE = "is not a share. Write a number from 0 to 1."
TIME = "is not a time of day. Write one from '00:00' to '23:59'."
MOMENT = "is not a date. Write 2026-03-02 or 2026-03-02T08:30:00."
UNIT = "Write a number and a unit, such as '5.2 days' or '10 minutes'."

MESSAGES = [
    ('kind = "close-scools"', f"3:1: [0].kind: 'close-scools' is not known here. Did you mean 'close-schools'? {LIST}"),
    ("kind = 3", f"3:1: [0].kind: 3 is not known here. {LIST}"),
    ("kind = ['masks']", f"3:1: [0].kind: ['masks'] is not known here. {LIST}"),
    ("adherence = 0.5", f"2:3: [0].kind: is missing. Write one. {LIST}"),
    (("masks", {"wearing": -0.1}), f"[0].wearing: -0.1 {SHARE}"),
    (("masks", {"wearing": math.nan}), f"[0].wearing: nan {SHARE}"),
    (("masks", {"protection": math.inf}), f"[0].protection: inf {SHARE}"),
    (("masks", {"source_control": "most"}), f"[0].source_control: 'most' {SHARE}"),
    (("masks", {"source_control": True}), f"[0].source_control: True {SHARE}"),
    (("masks", {"wearing": [0.5]}), f"[0].wearing: [0.5] {SHARE}"),
    (("masks", {"wearing": {"value": 2}}), f"[0].wearing: 2.0 {SHARE}"),
    (("masks", {"wearing": {"value": {"value": 1}}}), "[0].wearing.value: {'value': 1} is not a number."),
    (("masks", {"wearing": {"value": 1, "source": "me"}}), "[0].wearing.source: 'me' is not a source. Write 'doi:…'"),
    (("masks", {"wearing": None}), "[0].wearing: is missing. Write a share, such as wearing = 0.5."),
    (("masks", {"wearin": 1}), "[0].wearin: no such key. Did you mean 'wearing'? Known: from, kind, protection, "),
    (("close-schools", {"compensation": -1}), "[0].compensation: -1 is not a factor. Write a number from 0 to 10."),
    (("close-schools", {"compensation": 11}), "[0].compensation: 11 is not a factor. Write a number from 0 to 10."),
    (("close-schools", {"source": 3}), "[0].source: 3 does not fit here. Write text in quotes."),
    (("close-schools", {"from": "soon"}), f"[0].from: 'soon' {MOMENT}"),
    (("close-schools", {"until": 20260301}), f"[0].until: 20260301 {MOMENT}"),
    (("close-schools", {"until": "2026-02-30"}), f"[0].until: '2026-02-30' {MOMENT}"),
    (("close-schools", {"until": "9999-12-31"}), "[0].until: 9999-12-31 is too far away. Write a year from 1000 to "),
    (("close-schools", {"from": "2026-03-02T08:00:00+09:00"}), "[0].from: 2026-03-02T08:00:00+09:00 has an offset."),
    (("close-schools", {"from": "2026-03-01"}), f"[0].from: 2026-03-01T00:00:00 is before {START} Leave it out, or "),
    (
        ("close-schools", {"from": "2026-03-05", "until": "2026-03-05"}),
        "[0].until: 2026-03-05T00:00:00 is not after from, 2026-03-05T00:00:00. Write a later date, or leave it out.",
    ),
    (
        ("close-schools", {"until": "2026-03-02"}),
        f"[0].until: 2026-03-02T00:00:00 is not after the start of the run, {START[11:]} Write a later date, or ",
    ),
    (("curfew", {"hours": None}), f"[0].hours: is missing. {HOURS}"),
    (("curfew", {"hours": "22:00"}), f"[0].hours: '22:00' does not fit here. {HOURS}"),
    (("curfew", {"hours": ["22:00"]}), f"[0].hours: has 1 times. {HOURS}"),
    (("curfew", {"hours": ["1:00"] * 9000}), f"[0].hours: has 9000 times. {HOURS}"),
    (("curfew", {"hours": ["22:00", "24:00"]}), f"[0].hours[1]: '24:00' {TIME}"),
    (("curfew", {"hours": ["5", "05:00"]}), f"[0].hours[0]: '5' {TIME}"),
    (("curfew", {"hours": ["٢٢:00", "05:00"]}), f"[0].hours[0]: '٢٢:00' {TIME}"),
    (("curfew", {"hours": [22, "05:00"]}), f"[0].hours[0]: 22 {TIME}"),
    (("curfew", {"hours": [{}, "05:00"]}), f"[0].hours[0]: {{}} {TIME}"),
    (
        ("curfew", {"hours": ["05:00", "05:00:00"]}),
        "[0].hours: begins and ends at 05:00. Write two different times of day.",
    ),
    (("isolate-symptomatic", {"delay": 1}), f"[0].delay: 1 has no unit. {UNIT}"),
    (("isolate-symptomatic", {"delay": "-1 day"}), f"[0].delay: '-1 day' is negative. {UNIT}"),
    (("isolate-symptomatic", {"delay": "101 years"}), "[0].delay: '101 years' is too long. Write 100 years at most."),
    (("isolate-symptomatic", {"adherence": 10**5000}), f"[0].adherence: a number of thousands of digits {SHARE}"),
    (("quarantine-households", {"duration": "0 days"}), "[0].duration: is 0 seconds: no quarantine at all. Write a "),
    (("trace-contacts", {"duration": "0 days"}), "[0].duration: is 0 seconds: no quarantine at all. Write a time, "),
    (("trace-contacts", {"capacity": 0.5}), "[0].capacity: 0.5 is not a number a day. Write a whole number from 0 "),
    (("trace-contacts", {"capacity": None}), "[0].capacity: is missing. Write how many, such as capacity = 50."),
    (("vaccinate", {"per_day": 100_000_001}), "[0].per_day: 100000001 is not a number a day. Write a whole number "),
    (("vaccinate", {"per_day": math.nan}), "[0].per_day: nan is not a number a day. Write a whole number from 0 to "),
    (("vaccinate", {"per_day": None}), "[0].per_day: is missing. Write how many a day, such as per_day = 2."),
    (("vaccinate", {"action": "leeky"}), "[0].action: 'leeky' is not known here. Did you mean 'leaky'? Known: "),
    (("vaccinate", {"priority": []}), "[0].priority: is empty. Write youngest ages, the first to be asked first, "),
    (("vaccinate", {"priority": [65, 0, 65]}), "[0].priority: names age 65 twice. Write each age once."),
    (("vaccinate", {"priority": [101]}), "[0].priority[0]: 101 is not an age. Write a whole number from 0 to 100."),
    (("vaccinate", {"priority": [0] * 500}), "[0].priority: has 500 ages. Write 101 at most."),
    (("vaccinate", {"priority": 65}), "[0].priority: 65 does not fit here. Write a list in brackets."),
    (
        ("vaccinate", {"uptake": {"from_age": [5], "value": [0.5]}}),
        "[0].uptake.from_age: begins at 5. Begin at 0, so that every age has a value.",
    ),
]


@pytest.mark.parametrize(("found", "expected"), MESSAGES, ids=range(len(MESSAGES)))
def test_messages(refused, found, expected):
    """One wrong thing, one message: the place, the key, what was found, and what to write."""
    if isinstance(found, str):
        (message,) = refused(HEAD + found)
        place, expected = "ours.toml:" + expected.split(" ", 1)[0] + " ", expected.split(" ", 1)[1]
    else:
        with pytest.raises(ScenarioError) as caught:
            with_interventions(table(found[0], **found[1]))
        (message,) = str(caught.value).splitlines()
        place = "--set: "
    assert message.startswith(f"{place}interventions{expected}")
    assert len(message) < 400


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"kind": "masks"}, "is one table. Write [[interventions]] in double brackets, once for each intervention."),
        ("masks", "'masks' does not fit here. Write a list in brackets."),
        (3, "3 does not fit here. Write a list in brackets."),
    ],
)
def test_what_is_no_list(value, expected):
    with pytest.raises(ScenarioError) as caught:
        load("hyosan-influenza", set={"interventions": value if not isinstance(value, str) else f'"{value}"'})
    assert str(caught.value) == f"--set: interventions: {expected}"


@pytest.mark.parametrize("value", [3, "masks", [], [table("masks")], math.nan, True])
def test_what_is_no_table(value):
    with pytest.raises(ScenarioError, match=r"^--set: interventions\[1\]: .* does not fit here\. Write a table, such "):
        with_interventions(table("masks"), value)


def test_each_wrong_table_is_named_with_its_line(refused):
    rows = '[[interventions]]\nkind = "masks"\nwearing = 2\nsource_control = 0\nprotection = 0\n'
    assert refused(f'extends = "hyosan-influenza"\n{rows}{rows}') == [
        f"ours.toml:4:1: interventions[0].wearing: 2 {SHARE}",
        f"ours.toml:9:1: interventions[1].wearing: 2 {SHARE}",
    ]


def test_dates_are_not_judged_by_a_start_that_is_wrong(refused):
    text = 'extends = "hyosan-influenza"\nstart = "2019-02-30"\n[[interventions]]\nkind = "close-schools"\n'
    text += "from = 2020-01-01\n"
    assert refused(text) == [f"ours.toml:2:1: start: '2019-02-30' {MOMENT}"]


def test_a_run_has_one_vaccine():
    start = {"share": 0.1, "efficacy": 0.8, "action": "leaky"}
    same = table("vaccinate", efficacy={"value": 0.8, "source": "doi:10.1/1"})
    made = with_interventions(same, vaccinated_at_start=start).interventions
    assert isinstance(made[0], Vaccinate)
    for wrong, said in (({"efficacy": 0.7}, "0.7 and is leaky"), ({"action": "all-or-nothing"}, "0.8 and is all-or-n")):
        other = {**same, **wrong}
        with pytest.raises(ScenarioError) as caught:
            with_interventions(same, table("masks"), other, vaccinated_at_start=start)
        (message,) = str(caught.value).splitlines()
        assert message.startswith(f"--set: interventions[2]: has efficacy {said}")
        assert "but vaccinated_at_start has 0.8 and is leaky. A run has one vaccine: write the same" in message
        with pytest.raises(ScenarioError, match=r"interventions\[1\]: .* but interventions\[0\] has 0\.8 and is leaky"):
            with_interventions(same, other)


HOSTILE = [math.nan, -1, 2, 10**400, "", "x", "5 days", "5 dayz", True, [], [[]], {}, {"value": []}, [{"kind": 1}]]


@pytest.mark.parametrize("kind", KINDS)
def test_any_value_under_any_key_is_refused_or_read_back(kind):
    """Nothing but a `ScenarioError` comes out, and it names the intervention."""
    chance = random.Random(kind)
    keys = [field.alias or name for name, field in KINDS[kind].model_fields.items()]
    for _ in range(100):
        changed = {key: chance.choice(HOSTILE) for key in chance.sample(keys, chance.randint(1, 3))}
        problems = ()
        try:
            read_back(with_interventions(table("close-schools"), table(kind, **changed)))
        except ScenarioError as error:
            problems = error.problems
        assert all(problem.key.startswith("interventions[1]") for problem in problems), changed
        assert all(problem.message.endswith((".", "…")) for problem in problems), changed


def test_a_hazard_left_out_is_that_of_a_setting_alike():
    route = Route.model_validate({"home": 1, "class": 2, "team": 3, "community": 4})
    assert {name: route.hazard(name) for name in SETTINGS} == {
        **{"home": 1.0, "class": 2.0, "team": 3.0, "community": 4.0},
        **{"school": 2.0, "site": 3.0, "shop": 4.0, "leisure": 4.0, "transport": 4.0, "hospital": 3.0, "care": 1.0},
    }
    every = Route.model_validate({name: number / 10 for number, name in enumerate(SETTINGS)})
    assert [every.hazard(name) for name in SETTINGS] == [number / 10 for number in range(len(SETTINGS))]
    assert Route.model_validate({"home": 1, "care": 0}).hazard("care") == 0.0


def test_levels_and_layers_know_every_setting():
    level = BaseLevel.model_validate({"class": 0.5, "shop": 0.0})
    expected = {"class": 0.5, "shop": 0.0}
    assert {name: level.of(name) for name in SETTINGS} == {name: expected.get(name, 1.0) for name in SETTINGS}
    layers = [{"setting": name, "bound": 1, "level": 0.5} for name in SETTINGS[4:]]
    scenario = load("hyosan-influenza", set={"layers": layers, "pathogen.routes.air.shop": 0.25})
    assert [layer.setting for layer in scenario.layers] == list(SETTINGS[4:])
    assert scenario.pathogen.routes["air"].hazard("shop") == 0.25
    read_back(scenario)
    with pytest.raises(ScenarioError, match=r"Did you mean 'leisure'\? Known: care, class, "):
        load("hyosan-influenza", set={"layers": [{"setting": "leasure", "bound": 1, "level": 1}]})
