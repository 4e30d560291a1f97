"""Scenarios from names, files, tables and changes: what is laid over what, and what is said when it is wrong."""

from __future__ import annotations

import pytest

from hyosan.errors import HyosanError, ScenarioError
from hyosan.scenario.load import from_table, load, pathogen_names, scenario_names, text_of
from hyosan.scenario.model import Scenario, resolved
from hyosan.units import day


@pytest.fixture
def written(tmp_path):
    """A scenario loaded from a text."""

    def load_text(text, *, name="my-town.toml", **options):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return load(file, **options)

    return load_text


@pytest.fixture
def refused(written, tmp_path):
    """Problems of a text, one a line, the folder left out."""

    def problems(text, **options):
        with pytest.raises(ScenarioError) as caught:
            written(text, **options)
        return str(caught.value).replace(f"{tmp_path}/", "").splitlines()

    return problems


def test_a_file_says_only_what_it_changes(written):
    ours = written('extends = "hyosan-influenza"\nduration = "30 days"\n[world]\nseed = 9\n')
    base = load("hyosan-influenza")

    assert ours.duration == 30 * day
    assert (ours.world.kind, ours.world.seed) == ("city", 9)
    assert ours.infected_at_start == base.infected_at_start
    assert ours.pathogen == base.pathogen


def test_a_scenario_without_a_name_is_called_like_its_file(written):
    assert written('extends = "hyosan-influenza"').name == "my-town"
    assert written('extends = "hyosan-influenza"', name="My Town (2).toml").name == "my-town-2"
    assert written('extends = "hyosan-influenza"\nname = "ours"').name == "ours"
    assert written('extends = "hyosan-influenza"', name="한국.toml").name == "scenario"


def test_lists_are_replaced_and_tables_are_merged(written):
    ours = written('extends = "hyosan-measles"\nimmune_at_start.value = [0.1, 0.2, 0.3, 0.4, 0.5]\n')
    assert ours.immune_at_start.value == (0.1, 0.2, 0.3, 0.4, 0.5)
    assert ours.immune_at_start.from_age == load("hyosan-measles").immune_at_start.from_age


def test_a_number_by_age_gives_way_to_one_number(written):
    for text in ("immune_at_start = 0.5", "immune_at_start = { value = 0.5 }"):
        assert written(f'extends = "hyosan-measles"\n{text}\n').immune_at_start.at(30) == 0.5
    again = written('extends = "hyosan-influenza"\nimmune_at_start = { from_age = [0, 50], value = [0.1, 0.2] }\n')
    assert [again.immune_at_start.at(age) for age in (0, 49, 50, 100)] == [0.1, 0.1, 0.2, 0.2]


@pytest.mark.parametrize(
    "text", ['pathogen = "measles"', '[pathogen]\nextends = "measles"', 'pathogen = { extends = "measles" }']
)
def test_a_pathogen_by_its_name(written, text):
    assert written(f'extends = "hyosan-influenza"\n{text}\n').pathogen == load("hyosan-measles").pathogen


def test_a_pathogen_can_be_changed_in_place_or_under_another_name(written):
    changed = written('extends = "hyosan-influenza"\n[pathogen]\nreproduction_number = 3\n').pathogen
    assert changed.name == "influenza-h1n1-2009"
    assert changed.reproduction_number.value == 3
    ours = written(
        'extends = "hyosan-influenza"\n[pathogen]\nextends = "measles"\nname = "ours"\nreproduction_number = 3\n'
    ).pathogen
    assert (ours.name, ours.states) == ("ours", load("hyosan-measles").pathogen.states)


def test_a_complete_pathogen_takes_nothing_from_the_one_before(written):
    ours = written(
        'extends = "hyosan-influenza"\n[pathogen]\nname = "ours"\nroutes.touch.home = 0.1\n'
        'infectious_period = { distribution = "fixed", mean = "3 days" }\n'
    ).pathogen
    assert set(ours.routes) == {"touch"}
    assert list(ours.states) == ["infectious", "recovered"]
    assert ours.reproduction_number is None
    assert ours.infectiousness is None


def test_a_changed_number_no_longer_has_the_old_source(written):
    base = load("hyosan-influenza").pathogen
    assert base.reproduction_number.source.startswith("doi:")
    assert written(
        'extends = "hyosan-influenza"\npathogen.reproduction_number = 3'
    ).pathogen.reproduction_number.source.startswith("assumed:")
    dwell = 'extends = "hyosan-influenza"\n[pathogen.states.incubating.dwell]\nmedian = "3 days"\n'
    law = written(dwell).pathogen.states["incubating"].dwell
    assert law.source.startswith("assumed:")
    assert law.dispersion == base.states["incubating"].dwell.dispersion
    assert written(dwell + 'source = "doi:10.1/1"\n').pathogen.states["incubating"].dwell.source == "doi:10.1/1"


def test_another_family_replaces_the_whole_law(written):
    text = """extends = "hyosan-influenza"
[pathogen.states.incubating]
dwell = { distribution = "erlang", mean = "2 days", stages = 3 }
"""
    assert written(text).pathogen.states["incubating"].dwell.given == {"mean", "stages"}


def test_periods_replace_states_and_states_replace_periods(written):
    period = '{ distribution = "fixed", mean = "2 days" }'
    text = f'extends = "hyosan-influenza"\n[pathogen]\nlatent_period = {period}\ninfectious_period = {period}\n'
    assert list(written(text).pathogen.states) == ["exposed", "infectious", "recovered"]

    text = f"""extends = "well-mixed"
[pathogen.states.ill]
infectiousness = 1
dwell = {period}
next = [{{ to = "well" }}]
[pathogen.states.well]
"""
    ours = written(text).pathogen
    assert list(ours.states) == ["ill", "well"]
    assert ours.infectious_period is None


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"people": "1000"}, lambda s: s.people == 1000),
        ({"people": 1000}, lambda s: s.people == 1000),
        ({"pathogen.reproduction_number": "2.5"}, lambda s: s.pathogen.reproduction_number.value == 2.5),
        ({"pathogen": "measles"}, lambda s: s.pathogen.name == "measles"),
        ({"pathogen": "'measles'"}, lambda s: s.pathogen.name == "measles"),
        (
            {"pathogen.reproduction_number": 9, "pathogen": "measles"},
            lambda s: s.pathogen.reproduction_number.value == 9,
        ),
        ({"pathogen.extends": "mers"}, lambda s: s.pathogen.name == "mers"),
        ({"pathogen.name": "ours"}, lambda s: s.pathogen.name == "ours" and s.pathogen.routes),
        ({"pathogen.latent_period.mean": "3 days"}, lambda s: s.pathogen.latent_period.mean == 3 * day),
        (
            {"pathogen.latent_period": {"distribution": "fixed", "mean": "3 days"}},
            lambda s: s.pathogen.states["exposed"].dwell.mean == 3 * day,
        ),
        ({"duration": "3 days"}, lambda s: s.duration == 3 * day),
        ({"start": "2026-04-01"}, lambda s: s.start.month == 4),
        ({"end_when_over": "false"}, lambda s: s.end_when_over is False),
        ({"infected_at_start": "{ count = 7 }"}, lambda s: s.infected_at_start.count == 7),
        ({"infected_at_start.share": 0.01}, lambda s: s.infected_of_a_group == 100),
        ({"infected_at_start.count": 7, "infected_at_start.share": 0.01}, lambda s: s.infected_at_start.count is None),
        ({"infected_at_start.share": 0.01, "infected_at_start.count": 7}, lambda s: s.infected_at_start.share is None),
        ({"layers": '[{ setting = "home", bound = 2, level = 1 }]'}, lambda s: s.layers[0].bound == 2),
        (
            {"layers": [{"setting": "home", "bound": 2, "level": 1}], "layers[0].level": 2},
            lambda s: s.layers[0].level == 2,
        ),
    ],
)
def test_changes(changes, found):
    assert found(load("well-mixed", set=changes))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("5 days", 5 * day),
        ("36 hours", 1.5 * day),
        ("2026-03-12", 10 * day),
        ("2026-03-02T12:00:00", day / 2),
        ("2 years", 730.5 * day),
    ],
)
def test_until_is_a_duration_or_a_date(until, expected):
    assert load("hyosan-influenza", until=until).duration == expected


def test_until_counts_from_the_start_that_was_set():
    assert load("hyosan-influenza", set={"start": "2026-03-10"}, until="2026-03-12").duration == 2 * day


KNOWN = "Known: base_level, cells, description, duration, end_when_over, flight, households, hunters, "
KNOWN += "immune_at_start, importations, infected_at_start, interventions, …"
KINDS = "Known: city, closed-cells, households, lattice, layered, well-mixed."
INFECTED = "Known: by, count, school, share, where."
UNITS = "Known: days, hours, minutes, seconds, weeks, years."
PATHOGENS = "Known: benchmark, covid-19-omicron, covid-19-wild, influenza-h1n1-2009, jonas, measles, mers, seir, szr."


def test_every_problem_at_once_with_its_place(refused):
    text = """extends = "hyosan-influenza"
peple = 3
pathogen = "mesles"
[world]
kind = "town"
[infected_at_start]
count = 1
were = "one class"
[records]
counts = "2 dayz"
"""
    assert refused(text, set={"importations.per_day": -1}) == [
        f"my-town.toml:2:1: peple: no such key. Did you mean 'people'? {KNOWN}",
        f"my-town.toml:3:1: pathogen: 'mesles': no such pathogen in the catalogue. Did you mean 'measles'? {PATHOGENS}",
        f"my-town.toml:5:1: world.kind: 'town' is not known here. {KINDS}",
        f"my-town.toml:8:1: infected_at_start.were: no such key. Did you mean 'where'? {INFECTED}",
        f"my-town.toml:10:1: records.counts: '2 dayz' has an unknown unit. Did you mean 'days'? {UNITS}",
        "--set: importations.per_day: -1 is not a number a day. Write a number from 0 to 10000.",
    ]


LAYER = '[[layers]]\nsetting = "home"\nbound = 1\nlevel = '

MESSAGES = [
    (
        'extends = "well-mixed"\ninfected_at_start = 20000',
        "2:1: infected_at_start is 20000, but there are only 10000 people. Lower the one or raise the other.",
    ),
    (
        'extends = "well-mixed"\ninfected_at_start = { count = 3, share = 0.1 }',
        "2:34: infected_at_start.share: stands beside count. Write one of them.",
    ),
    (
        'extends = "well-mixed"\ninfected_at_start = { share = 1.5 }',
        "2:23: infected_at_start.share: 1.5 is not a share. Write a number from 0 to 1.",
    ),
    (
        'extends = "hyosan-influenza"\n\n[pathogen.states.ill.dwell]\nmean = "5.2 dayz"',
        f"4:1: pathogen.states.ill.dwell.mean: '5.2 dayz' has an unknown unit. Did you mean 'days'? {UNITS}",
    ),
    (
        'extends = "hyosan-influenza"\nimmune_at_start = { from_age = [0, "x"], value = [0, 1] }',
        "2:36: immune_at_start.from_age[1]: 'x' is not an age. Write a whole number from 0 to 100.",
    ),
    (
        'extends = "hyosan-influenza"\nimportations = [{ date = 2026-03-05 }, { date = 2020-01-01, count = 2 }]',
        "2:42: importations[1].date: 2020-01-01T00:00:00 is before the start, 2026-03-02T00:00:00. "
        "Write a later date or an earlier start.",
    ),
    (
        f'extends = "hyosan-influenza"\n{LAYER}1\n{LAYER}2',
        "9:1: layers[1].level: 2 is above the bound, 1. Lower the one or raise the other.",
    ),
    (
        'extends = "benchmark-city"\n[world]\nschedules = "weekz"',
        "3:1: world.schedules: 'weekz' is not known here. Did you mean 'weeks'? Known: around the clock, weeks.",
    ),
    (
        'extends = "hyosan-influenza"\n[world]\nschedules = "weeks"',
        '3:1: world.schedules: schedules has no meaning in a world of kind "city", where everybody lives by weeks. '
        'Leave it out, or write world.kind = "layered".',
    ),
    (
        'extends = "households"\n[world]\nschedules = "around the clock"',
        '3:1: world.schedules: schedules has no meaning in a world of kind "households", where everybody is everywhere '
        'around the clock. Leave it out, or write world.kind = "layered".',
    ),
    (
        '# 한국\ntitle = "우리", people = 3',
        "2:13: is not TOML: Expected newline or end of document after a statement. "
        "See https://toml.io for how it is written.",
    ),
    ('extends = "hyosan-influenza"\n"un known" = 3', f"2:1: 'un known': no such key. {KNOWN}"),
    (
        'schema = 1\nduration = "1 day"\npeople = 9',
        '1:1: pathogen: is missing. Write the name of one, such as pathogen = "measles", or a table. ' + PATHOGENS,
    ),
    (
        'extends = "hyosan-influenza"\n[pathogen]\nname = "ours"\n'
        'infectious_period = { distribution = "fixed", mean = "1 day" }',
        "2:2: pathogen.routes: is missing. Write at least one, such as [pathogen.routes.air] with community = 1.0, or "
        "[pathogen.bite] and alpha. A pathogen with its own name is complete; to change another one, write "
        "pathogen.extends.",
    ),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_messages(refused, text, expected):
    assert refused(text) == [f"my-town.toml:{expected}"]


def test_a_problem_that_a_parent_brings_names_the_parents_file(refused):
    (problem,) = refused('extends = "hyosan-influenza"\nworld.kind = "well-mixed"\npeople = 10\n')
    assert problem.startswith("catalogue/scenarios/hyosan-influenza.toml:")
    assert ': infected_at_start.where: "one class" has no meaning in a world of kind "well-mixed".' in problem


def test_a_time_is_no_law():
    with pytest.raises(ScenarioError) as caught:
        load("well-mixed", set={"pathogen.latent_period": "3 days"})
    message = str(caught.value)
    assert message.startswith(
        "--set: pathogen.latent_period: '3 days' is a time, but a table is needed that says how it varies."
    )
    assert "{ distribution = \"fixed\", mean = '3 days' }" in message


def test_a_period_in_place_of_states_says_what_to_write_instead():
    with pytest.raises(ScenarioError, match=r"pathogen\.states\.incubating\.dwell"):
        load("hyosan-influenza", set={"pathogen.latent_period.mean": "3 days"})


def test_what_comes_out_can_be_read_back():
    for changes in (
        {},
        {"importations": {"per_day": 2.5}},
        {"importations": [{"date": "2026-03-05", "count": 3}]},
        {
            "vaccinated_at_start": {
                "share": {"from_age": [0, 60], "value": [0, 0.9]},
                "efficacy": 0.8,
                "action": "all-or-nothing",
            }
        },
        {"layers": [{"setting": "class", "bound": 2, "level": 1.5}], "base_level": {"class": 0.5}},
        {"step": "10 minutes", "start": "2026-03-02T08:30:00", "records": {"transitions": "none", "counts": "1 hour"}},
    ):
        scenario = load("hyosan-influenza", set=changes)
        assert from_table(resolved(scenario)) == scenario
        assert Scenario.model_validate(resolved(scenario)) == scenario
    weeks = load("benchmark-city", set={"world.schedules": "weeks"})
    assert from_table(resolved(weeks)) == weeks


def test_a_table_may_extend_like_a_file():
    assert from_table({"extends": "well-mixed", "people": 7, "infected_at_start": 1, "pathogen": "measles"}).people == 7
    with pytest.raises(ScenarioError, match=r"^peple: no such key\."):
        from_table({"extends": "well-mixed", "peple": 7})


def test_names_and_texts():
    assert {"hyosan-influenza", "well-mixed", "closed-cells", "households"} <= set(scenario_names())
    assert {"influenza-h1n1-2009", "measles", "covid-19-wild", "covid-19-omicron", "mers"} <= set(pathogen_names())
    assert text_of("hyosan-influenza").startswith("#")
    with pytest.raises(HyosanError, match="Did you mean 'measles'"):
        text_of("mesles")


def test_a_text_of_the_catalogue_is_a_file_that_loads(written):
    for name in scenario_names():
        assert written(text_of(name), name=f"{name}.toml") == load(name)


def test_a_wrong_pathogen_does_not_hide_what_else_is_wrong(written):
    """Problems between keys are found though others have problems of their own."""
    text = """
extends = "hyosan-influenza"
step = "7 hours"
start = 2026-03-10
importations = [{ date = 2026-03-01 }]
layers = [{ setting = "home", bound = 1.0, level = 2.0 }]
people = "many"
[pathogen.states.incubating]
next = [{ to = "nowhere" }]
"""
    with pytest.raises(ScenarioError) as caught:
        written(text)
    keys = {problem.key for problem in caught.value.problems}
    assert {"step", "importations[0].date", "layers[0].level", "people"} <= keys
    assert any(key.startswith("pathogen.states.incubating") for key in keys)


def test_a_wrong_number_of_a_pathogen_that_hunts_is_the_only_finding():
    """What is ordered against hunters, and hunters at the start, are judged beside a pathogen that hunts."""
    for name, key in (("hyosan", "pathogen.bite.pace"), ("szr", "pathogen.alpha")):
        with pytest.raises(ScenarioError) as found:
            load(name, set={key: -1})
        assert [problem.key for problem in found.value.problems] == [key]
