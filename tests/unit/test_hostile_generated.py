"""Thousands of generated files: none falls over, each is refused or accepted within two seconds."""

from __future__ import annotations

import random
import re
import time

import pytest

from breadth import some
from hyosan.errors import ScenarioError
from hyosan.scenario.load import from_table, load, pathogen_names, scenario_names, text_of
from hyosan.scenario.model import resolved
from scribbles import cut, flip_bytes, insert_letters_of

FILES = some(5000)
CHUNKS = 10
LONGEST = 2.0
"""Time that a file may take [s]."""

VALUES = re.split(
    r"\s\|\s|\n",
    r"""nan | inf | -inf | 1e400 | -1e400 | 5e-324 | -0.0 | 0 | -1 | 1 | 2 | 3.7 | 1e9 | 1e18 | 9223372036854775807
99999999999999999999 | 0xfffffffff | true | false | 1_0 | 1__0 | [] | {} | [[]] | [{}] | [1, 2, 3] | ['a']
{count = 3}
'' | 'x' | '5 days' | '5 dayz' | '-3 days' | '1e9 years' | '0 seconds' | '1 second' | '100 years' | "\u0000" | "\u202e"
2026-03-02 | 9999-12-31 | 2026-03-02T25:00:00 | 07:30:00 | 1979-05-27T07:32:00Z | 'hyosan' | 'measles' | 'susceptible'
'recovered' | '\ud800' | {extends = 'mers'} | {value = 0.5} | {from_age = [0, 5], value = [0, 1]} | [{to = 'x'}]
{from_age = [5], value = []} | {distribution = 'gamma', mean = '1 day', sd = '99 years'}
{distribution = 'fixed', mean = '3 days'} | {distribution = 'weibull', shape = 0.1, scale = '99 years'}
{distribution = 'lognormal', mean = '1 second', sd = '1 year'}
'jonas' | 'szr' | 'hunts' | 'animal' | 'lattice' | {share = 1, risk = 1, to = 'hunting'}""",
)

WORDS = re.findall(
    r"\w+",
    """people cells households size pair_probability duration step start world kind seed pathogen name states routes air
home class team community latent_period infectious_period distribution mean sd shape scale stages median dispersion next
to infectiousness susceptibility share dwell dead symptomatic behaviour source importations per_day date count where
school layers setting bound level base_level records counts transitions immune_at_start vaccinated_at_start efficacy
action extends schema interventions from until adherence compensation hours wearing uptake priority delay capacity
side hunters by flight leave shelter walking running refuge phone barricade forays rumour presence alpha bite hazard
area pause wounds risk pace speed hearing breaking company""",
)

INTERVENTIONS = """
[[interventions]]
kind = "curfew"
from = 2026-03-10
until = 2026-04-01T08:30:00
hours = ["22:00", "05:00"]
adherence = 0.9
[[interventions]]
kind = "vaccinate"
per_day = 1000
uptake = { from_age = [0, 65], value = [0.3, 0.8] }
priority = [65, 18]
efficacy = 0.9
delay = "14 days"
[[interventions]]
kind = "close-schools"
compensation = 0.25
"""

LATTICE = """
schema = 1
name = "patches"
duration = "20 days"
step = "6 hours"
cells = 5
side = 9
hunters = 2
pathogen = "szr"
[world]
kind = "lattice"
[records]
counts = "1 day"
presence = "2 hours"
[flight]
leave = 0.2
forays = "2 days"
"""

LETTERS = "aZ09_-.= \t\n\r\"'[]{},#\\\0\x07\x7fé韓🦠\u202e\ufeff\u2028"
insert_letters = insert_letters_of(LETTERS)


def lines_with_values(text):
    """Numbers of the lines that give a key a value on one line."""
    lines = text.split("\n")
    return lines, [n for n, line in enumerate(lines) if " = " in line and not line.startswith("#")]


def swap_values(text, chance):
    lines, places = lines_with_values(text)
    for place in chance.sample(places, min(len(places), chance.randint(1, 3))):
        key = lines[place].split(" = ")[0]
        lines[place] = f"{key} = {chance.choice(VALUES)}"
    return "\n".join(lines).encode()


def rename_keys(text, chance):
    lines, places = lines_with_values(text)
    for place in chance.sample(places, min(len(places), chance.randint(1, 3))):
        key, value = lines[place].split(" = ", 1)
        letter = chance.randrange(len(key) + 1)
        name = chance.choice((chance.choice(WORDS), key[:letter] + key[letter + 1 :], key + "s", "", key.upper()))
        lines[place] = f"{name} = {value}"
    return "\n".join(lines).encode()


def mix_lines(text, chance):
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
        if chance.random() < 0.5:
            lines[first], lines[second] = lines[second], lines[first]
        else:
            lines.insert(first, lines[second])
    return "\n".join(lines).encode()


def nest(text, chance):
    deep = chance.choice((1, 5, 31, 32, 33, 200, 3000))
    left, right = chance.choice((("[", "]"), ("{a=", "}"), ("[\n", "]\n")))
    key = chance.choice(WORDS)
    return f"{key} = {left * deep}{chance.choice(VALUES)}{right * chance.choice((deep, deep - 1))}\n{text}".encode()


def add_keys(text, chance):
    """Keys with hostile values, some of them harmless, on top of a file that extends a scenario."""
    del text
    lines = [f'extends = "{chance.choice(scenario_names())}"']
    for _ in range(chance.randint(1, 4)):
        key = ".".join(chance.choice(WORDS) for _ in range(chance.choice((1, 1, 1, 2, 3, 15, 40))))
        lines.append(f"{key} = {chance.choice(VALUES)}")
    return "\n".join(lines).encode()


def huge(text, chance):
    size = chance.choice((10, 300, 5000, 90_000))
    line = chance.choice(
        (
            "a{} = 1",
            "[a{}]",
            "[[a]] # {}",
            "# {}",
            "a.b{} = [",
            '"{}" = 1',
            "importations = {}",
            "pathogen.states.s{0} = {{}}",
        )
    )
    return ((text if chance.random() < 0.5 else "") + "\n".join(line.format(n) for n in range(size))).encode()[:300_000]


def comments_and_spaces(text, chance):
    """Changes that mean nothing: the file stays as good as it was."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 5)):
        lines.insert(
            chance.randrange(len(lines) + 1) if '"""' not in text else 0,
            chance.choice(("", "# 韓 🦠", "   ", "#" * 300)),
        )
    return "\n".join(lines).encode()


def small_changes(text, chance):
    """Changes that a person would make, right or nearly so."""
    del text
    lines = [f'extends = "{chance.choice(scenario_names())}"']
    lines += chance.sample(
        [
            f'duration = "{chance.randint(0, 500)} days"',
            f'step = "{chance.choice((1, 5, 7, 10, 60))} minutes"',
            f"infected_at_start = {chance.randint(0, 12)}",
            f"immune_at_start = {chance.choice((0, 0.5, 1, 1.5))}",
            f"pathogen.reproduction_number = {chance.choice((0, 0.5, 2, 3.5, 2000))}",
            f'title = "{chance.choice(("Ours", "우리", "x" * 300))}"',
            f'start = "{chance.choice(("2026-03-02", "2026-03-32", "2026-03-02T08:30:00"))}"',
            "world.seed = 7",
            "records.transitions = 'none'",
            "importations.per_day = 0.5",
            f"hunters = {chance.randint(0, 12)}",
            f"pathogen.alpha = {chance.choice((0, 0.5, 2, 2000))}",
            f"flight.leave = {chance.choice((0, 0.5, 1.5))}",
            f'flight.forays = "{chance.randint(0, 5)} days"',
            f'records.presence = "{chance.choice((0, 1, 10, 7))} minutes"',
        ],
        chance.randint(1, 4),
    )
    return "\n".join(lines).encode()


WAYS = (
    flip_bytes,
    insert_letters,
    cut,
    swap_values,
    rename_keys,
    mix_lines,
    nest,
    add_keys,
    huge,
    comments_and_spaces,
    small_changes,
)


def hostile_files(seed, count):
    """Seeded files: texts of the catalogue, changed in one or several ways."""
    chance = random.Random(seed)
    scenarios = [text_of(name) for name in scenario_names()] + [LATTICE]
    pathogens = [text_of(name) for name in pathogen_names()]
    for _ in range(count):
        text = chance.choice(scenarios)
        if chance.random() < 0.5:
            # A pathogen written out in a scenario, as people do.
            lines = chance.choice(pathogens).replace("\n[[", "\n[[pathogen.").replace("\n[", "\n[pathogen.")
            lines = lines.replace("[pathogen.[pathogen.", "[[pathogen.")
            text = 'extends = "well-mixed"\n[pathogen]\n' + lines
        if chance.random() < 0.2:
            text += INTERVENTIONS
        data = chance.choice(WAYS)(text, chance)
        if chance.random() < 0.2:
            data = chance.choice(WAYS)(data.decode("utf-8", "replace") or " = ", chance)
        yield data


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_generated_file_falls_over(tmp_path, chunk):
    """Nothing but a `ScenarioError` comes out, in time, and both verdicts occur."""
    file = tmp_path / "hostile.toml"
    accepted = placed = 0
    for number, data in enumerate(hostile_files(1000 + chunk, FILES // CHUNKS)):
        file.write_bytes(data)
        begun = time.perf_counter()
        try:
            scenario, problems = load(file), ()
        except ScenarioError as error:
            scenario, problems = None, error.problems
        assert time.perf_counter() - begun < LONGEST, (chunk, number)
        if scenario is None:
            assert 1 <= len(problems) <= 101, (chunk, number)
            assert all(problem.message for problem in problems), (chunk, number)
            placed += problems[0].line is not None
        else:
            accepted += 1
            assert from_table(resolved(scenario)) == scenario, (chunk, number)
    refused = FILES // CHUNKS - accepted
    assert min(accepted, refused) > 0.05 * FILES / CHUNKS
    assert placed > 0.8 * refused
