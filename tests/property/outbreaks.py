"""Random small outbreaks for property tests: pathogens, worlds and scenarios of every odd kind."""

import numpy as np
from hypothesis import strategies as st

from hyosan.errors import ScenarioError
from hyosan.records.digest import digest
from hyosan.rules.codes import Setting
from hyosan.scenario.model import Scenario
from hyosan.simulation import Simulation
from hyosan.world.assembly import Part, nameless, people_of, places_of_parts, pools_around_the_clock
from hyosan.world.world import MOST_AGES

SETTINGS = ("home", "class", "team", "community")


def law():
    """A dwell time of a mean between minutes and weeks."""
    hours = st.sampled_from([60, 20, 300, 3, 0.2])
    return st.one_of(
        hours.map(lambda h: {"distribution": "fixed", "mean": f"{h} hours"}),
        hours.map(lambda h: {"distribution": "exponential", "mean": f"{h} hours"}),
        hours.map(lambda h: {"distribution": "erlang", "mean": f"{h} hours", "stages": 3}),
        hours.map(lambda h: {"distribution": "gamma", "mean": f"{h} hours", "shape": 0.4}),
        hours.map(lambda h: {"distribution": "weibull", "scale": f"{h} hours", "shape": 2.1}),
        hours.map(lambda h: {"distribution": "lognormal", "median": f"{h} hours", "dispersion": 2.0}),
    )


SHARES = st.one_of(
    st.sampled_from([0.0, 0.3, 0.5]), st.just({"from_age": [0, 40], "value": [0.1, 0.5], "source": "assumed: a test"})
)


@st.composite
def pathogens(draw):
    """Branches, waning, reinfection, carriers, the dead, profiles, variation: each or none of them."""
    behaviours = st.sampled_from(["normal", "normal", "stays home", "in hospital"])
    second = {
        "dwell": draw(law()),
        "infectiousness": draw(st.sampled_from([0.0, 0.4, 2.0])),
        "behaviour": draw(behaviours),
    }
    states = {
        "exposed": {"dwell": draw(law()), "infectiousness": draw(st.sampled_from([0.0, 0.0, 0.2]))},
        "mild": {"dwell": draw(law()), "infectiousness": 1.0, "behaviour": draw(behaviours)},
        "severe": second,
        "dead": {"dead": True},
        "recovered": {},
    }
    states["exposed"]["next"] = [{"to": "mild", "share": draw(SHARES)}, {"to": "severe"}]
    states["severe"]["next"] = [{"to": "dead", "share": draw(SHARES)}, {"to": "mild"}]
    end = draw(st.sampled_from(["half", "susceptible", "recovered"]))
    states["mild"]["next"] = [{"to": "recovered"}]
    if end == "susceptible":
        states["mild"]["next"] = [{"to": "recovered", "share": 0.5}, {"to": "susceptible"}]
    if end == "half":
        states["recovered"] = {"dwell": draw(law()), "susceptibility": 0.5, "next": [{"to": "susceptible"}]}
    hazards = {name: draw(st.sampled_from([0.1, 0.3, 0.02, 0.0])) for name in SETTINGS}
    routes = {"air": {**hazards, "size_exponent": draw(st.sampled_from([0.0, 0.5]))}}
    if draw(st.booleans()):
        routes["touch"] = {"home": 0.05, "community": 0.02}
    made = {"name": "random", "states": states, "routes": routes}
    if draw(st.booleans()):
        made["dispersion"] = draw(st.sampled_from([0.5, 3.0, 0.1]))
    if draw(st.booleans()):
        made["infectiousness"] = {"after": ["0 days", "1 days", "5 days"], "relative": [0.2, 1.0, 0.1]}
    if draw(st.booleans()):
        made["susceptibility"] = {"from_age": [0, 20], "value": [1.0, 0.3]}
    return made


@st.composite
def scenarios(draw, pathogen=None):
    """A scenario of a few weeks, its world apart."""
    table = {
        "schema": 1,
        "name": "random",
        "people": 10,
        "duration": draw(st.sampled_from(["20 days", "70 days", "3 days"])),
        "step": draw(st.sampled_from(["1 hour", "6 hours", "1 day"])),
        "infected_at_start": draw(st.sampled_from([3, 1, 2, 0])),
        "pathogen": draw(pathogens()) if pathogen is None else pathogen,
    }
    if draw(st.booleans()):
        table["immune_at_start"] = {"from_age": [0, 50], "value": [0.1, 0.4]}
    if draw(st.booleans()):
        action = draw(st.sampled_from(["leaky", "all-or-nothing"]))
        table["vaccinated_at_start"] = {"share": 0.4, "efficacy": 0.7, "action": action}
    if draw(st.booleans()):
        table["importations"] = draw(
            st.sampled_from([{"per_day": 0.5}, [{"date": "2026-03-03T07:00:00", "count": 3}, {"date": "2026-03-04"}]])
        )
    if draw(st.booleans()):
        table["layers"] = [
            {"setting": "home", "bound": 2.0, "level": 0.5},
            {"setting": "community", "bound": 1.0, "level": 1.0},
        ]
    if draw(st.booleans()):
        table["base_level"] = {"team": 0.0, "community": 0.5}
    return Scenario.model_validate(table)


@st.composite
def worlds(draw):
    """Up to 150 people in one to three towns; places of uneven size, with empty slots and outsiders."""
    count, towns = draw(st.sampled_from([60, 150, 25, 12])), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    town = np.sort(rng.integers(0, towns, count)).astype(np.int32)
    town[:towns] = np.arange(towns)
    town.sort()
    parts = []
    for setting, largest in ((Setting.HOME, 5), (Setting.CLASS, 12), (Setting.TEAM, 7)):
        people = rng.permutation(count)[: int(count * rng.uniform(0.3, 1.0))]
        sizes = []
        while sum(sizes) < len(people):
            sizes.append(min(int(rng.integers(1, largest + 1)), len(people) - sum(sizes)))
        parts.append(Part(setting, np.array(sizes, np.int64), people.astype(np.int32)))
    places = places_of_parts(parts)
    places.capacity[:] += (rng.random(len(places)) < 0.3).astype(np.int32)
    age = rng.integers(0, 101, count).astype(np.uint8)
    groups = np.zeros(MOST_AGES, np.uint8)
    groups[20:] = 1
    met = np.flatnonzero(rng.random(count) < 0.9)
    met = np.union1d(met, np.searchsorted(town, np.arange(towns)))
    pool = town[met].astype(np.int64) * 2 + groups[age[met]]
    order = np.argsort(pool, kind="stable")
    start = np.searchsorted(pool[order], np.arange(2 * towns + 1)).astype(np.int64)
    hours = np.array([[3.0, 1.0], [1.0, 2.0]])
    pools = pools_around_the_clock(groups, 2, start, met[order].astype(np.int32), hours)
    shared_hours = np.array([0.0, 14.0, 5.0, 6.0, *[0.0] * 8])
    return nameless("city", 1, people_of(age, places, town=town), places, pools, shared_hours=shared_hours)


def simulation(scenario, world, **options):
    """A simulation, or None where more are to be infected than can be, or one would make too many attempts."""
    try:
        return Simulation(scenario, world, **options)
    except ScenarioError as error:
        if "infected_at_start" in str(error) or "attempts of one person" in str(error):
            return None
        raise


def looked_at(run):
    """Step through a run, and give it back again and again: after its first steps, ever more seldom, and at the end.

    What is asserted of sums and histories stays wrong once it has been wrong, so nothing gets past the next look.
    """
    steps = 0
    while not run.finished:
        run.step()
        steps += 1
        if run.finished or steps < 12 or steps % (1 + steps // 24) == 0:
            yield run


def replayed(run, at_start):
    """States that the changes so far lead to from those at the start; each has to begin where the last one ended."""
    changes = run.transitions()
    order = np.argsort(changes["person"], kind="stable")
    person, before, after = (changes[name][order] for name in ("person", "from_state", "to_state"))
    anew = np.diff(person, prepend=-1) != 0
    assert (before == np.where(anew, at_start[person], np.roll(after, 1))).all()
    states = at_start.copy()
    last = np.diff(person, append=-1) != 0
    states[person[last]] = after[last]
    return states


def digest_of(run):
    """Digest of a run."""
    return digest(run.infections(), run.transitions())
