"""The catalogue's numbers, entered a second time from their sources, and the densities made of them anew."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from scipy import stats

from hyosan.scenario.load import load
from hyosan.units import day, hour


def pathogen(name):
    """A pathogen of the catalogue."""
    return load("well-mixed", set={"pathogen": name}).pathogen


def law(name, state):
    """Law of the time in a state."""
    return pathogen(name).states[state].dwell


LESSLER_NEJM = "doi:10.1056/NEJMoa0906089"
LESSLER_REVIEW = "doi:10.1016/S1473-3099(09)70069-6"
VERITY = "doi:10.1101/2020.03.09.20033357"
XU = "doi:10.1186/s12916-023-03070-8"

NUMBERS = [
    ("influenza-h1n1-2009", "reproduction_number", 1.46, "doi:10.1186/1471-2334-14-480"),
    ("measles", "reproduction_number", (12 + 18) / 2, "doi:10.1016/S1473-3099(17)30307-9"),
    ("covid-19-wild", "reproduction_number", 2.5, "assumed:"),
    ("covid-19-wild", "dispersion", 0.55, "doi:10.1111/tbed.14655"),
    ("covid-19-omicron", "reproduction_number", 4.20, "doi:10.3390/v14040821"),
    ("mers", "reproduction_number", 0.8, "assumed:"),
    ("mers", "dispersion", 0.02, "assumed:"),
    ("benchmark", "reproduction_number", 3.0, "assumed: benchmark"),
]


@pytest.mark.parametrize(("name", "key", "value", "source"), NUMBERS)
def test_single_numbers(name, key, value, source):
    estimate = getattr(pathogen(name), key)
    assert estimate.value == value
    assert estimate.source.startswith(source)


LAWS = [
    ("influenza-h1n1-2009", "incubating", "lognormal", {"median": 1.4, "dispersion": 1.31}, LESSLER_NEJM),
    ("measles", "incubating", "lognormal", {"median": 12.5, "dispersion": 1.23}, LESSLER_REVIEW),
    ("measles", "prodrome", "gamma", {"given_mean": 3.95, "sd": 1.73}, "assumed:"),
    (
        "covid-19-wild",
        "incubating",
        "lognormal",
        {"median": 5.1, "dispersion": 1.65},
        "doi:10.1136/bmjopen-2020-039652",
    ),
    ("covid-19-wild", "worsening", "gamma", {"given_mean": 3.3, "sd": 4.2}, "doi:10.3390/jcm9020538"),
    ("covid-19-wild", "dying", "lognormal", {"given_mean": 13, "sd": 12.7}, "doi:10.3390/jcm9020538"),
    ("covid-19-wild", "hospital", "gamma", {"given_mean": 22.6 - 3.3}, "assumed:"),
    ("covid-19-omicron", "incubating", "lognormal", {"given_mean": 3.49, "sd": 1.86}, XU),
    ("mers", "incubating", "gamma", {"given_mean": 6.7, "sd": 2.91}, "doi:10.2807/1560-7917.ES2015.20.25.21163"),
    ("mers", "ill", "gamma", {"given_mean": 5.6, "sd": 3.48}, "assumed:"),
    ("mers", "dying", "gamma", {"given_mean": 14.6 - 5.6}, "doi:10.1186/s12916-015-0468-3"),
    ("benchmark", "exposed", "gamma", {"given_mean": 3, "shape": 3}, "assumed: benchmark"),
    ("benchmark", "ill", "gamma", {"given_mean": 7, "shape": 7}, "assumed: benchmark"),
    ("benchmark", "silent", "gamma", {"given_mean": 7, "shape": 7}, "assumed: benchmark"),
    ("benchmark", "hospital", "gamma", {"given_mean": 10, "shape": 4}, "assumed: benchmark"),
]


@pytest.mark.parametrize(("name", "state", "family", "parameters", "source"), LAWS)
def test_laws(name, state, family, parameters, source):
    found = law(name, state)
    assert found.distribution == family
    assert found.source.startswith(source)
    for key, value in parameters.items():
        in_seconds = key not in ("dispersion", "shape")
        assert getattr(found, key) == pytest.approx(value * (day if in_seconds else 1), abs=1 if in_seconds else 1e-9)


def test_laws_have_the_published_quantiles():
    """5 %, median and 95 % points where the source gives them, to the digits it prints."""
    _, sigma, median = law("influenza-h1n1-2009", "incubating").canonical
    assert [round(stats.lognorm.ppf(p, sigma, scale=median / day), 1) for p in (0.05, 0.95)] == [0.9, 2.2]
    _, sigma, median = law("measles", "incubating").canonical
    assert [round(stats.lognorm.ppf(p, sigma, scale=median / day), 1) for p in (0.05, 0.95)] == [
        8.9,
        17.6,
    ]  # 17.7 there
    _, sigma, median = law("covid-19-wild", "incubating").canonical
    assert sigma == pytest.approx(0.50, abs=0.005)
    assert math.log(median / day) == pytest.approx(1.63, abs=0.005)
    _, shape, scale = law("mers", "incubating").canonical
    assert [round(stats.gamma.ppf(p, shape, scale=scale / day), 1) for p in (0.5, 0.95)] == [6.3, 12.1]
    _, sigma, median = law("covid-19-omicron", "incubating").canonical
    assert sigma == pytest.approx(0.50, abs=0.005)
    variance_left = 10.4**2 - 3.48**2
    assert law("mers", "dying").sd / day == pytest.approx(math.sqrt(variance_left), abs=0.05)


def lognormal(mean, sd):
    """A lognormal law by its mean and standard deviation."""
    sigma = math.sqrt(math.log(1 + (sd / mean) ** 2))
    return stats.lognorm(sigma, scale=mean / math.exp(sigma**2 / 2))


def gamma(mean, sd):
    """A gamma law by its mean and standard deviation."""
    return stats.gamma((mean / sd) ** 2, scale=sd**2 / mean)


PROFILES = [
    ("influenza-h1n1-2009", stats.weibull_min(2.36, scale=3.18), LESSLER_NEJM),
    ("measles", gamma(11.7, 1.68), "doi:10.1093/aje/kwu209"),
    ("covid-19-wild", lognormal(4.7, 2.9), "doi:10.1016/j.ijid.2020.02.060"),
    ("covid-19-omicron", lognormal(2.99, 2.99 * 2.9 / 4.7), XU),
]


@pytest.mark.parametrize(("name", "density", "source"), PROFILES)
def test_infectiousness_is_the_density_of_the_generation_interval(name, density, source):
    """Each step is the law's mass between its ends, over the largest; nearly nothing is cut off at the end."""
    profile = pathogen(name).infectiousness
    assert profile.source == source
    ends = [time / day for time in profile.after]
    masses = [density.cdf(last) - density.cdf(first) for first, last in pairwise(ends)]
    for mass, relative in zip(masses, profile.relative, strict=False):
        assert relative == pytest.approx(mass / max(masses), rel=0.006, abs=6e-4)
    assert profile.relative[-1] == 0
    assert density.sf(ends[-1]) < 0.003
    steps = [last - first for first, last in pairwise(profile.after)]
    assert set(steps) <= {12 * hour, 24 * hour}
    middles = [(first + last) / 2 for first, last in pairwise(ends)]
    mean = sum(m * r for m, r in zip(middles, profile.relative, strict=False)) / sum(profile.relative)
    assert mean == pytest.approx(density.mean(), rel=0.01)


@pytest.mark.parametrize("name", ["influenza-h1n1-2009", "measles", "covid-19-wild", "covid-19-omicron"])
def test_infectiousness_ends_by_its_profile_and_not_by_recovery(name):
    """The shortest time in infectious states covers nearly all of the profile, but for those who go to hospital."""
    shortest = {
        "influenza-h1n1-2009": ("incubating", "ill"),
        "measles": ("incubating", "prodrome", "rash"),
        "covid-19-wild": ("incubating", "ill"),
        "covid-19-omicron": ("incubating", "ill"),
    }[name]
    states, profile = pathogen(name).states, pathogen(name).infectiousness
    typical = sum(states[state].dwell.mean for state in shortest)
    left = sum(r for time, r in zip(profile.after, profile.relative, strict=True) if time >= typical)
    assert left / sum(profile.relative) < 0.01


AGES = (0, 10, 20, 30, 40, 50, 60, 70, 80)
HOSPITAL = (0, 0.04, 1.1, 3.4, 4.3, 8.2, 11.8, 16.6, 18.4)
"""Share of infections by decade of age [%], Verity 2020, preprint, table 3."""
DEATH = (0.0016, 0.007, 0.031, 0.084, 0.16, 0.60, 1.9, 4.3, 7.8)
"""Share of infections by decade of age [%], Verity 2020, preprint, table 1."""


def branch(name, state, to):
    """A branch of a state."""
    return next(each for each in pathogen(name).states[state].next if each.to == to)


def test_severity_of_covid_19_by_age():
    hospital, dying = branch("covid-19-wild", "incubating", "worsening"), branch("covid-19-wild", "worsening", "dying")
    assert hospital.share.source == dying.share.source == VERITY
    assert hospital.share.from_age == dying.share.from_age == AGES
    for age, in_hospital, dead in zip(AGES, HOSPITAL, DEATH, strict=True):
        for years in (age, age + 9):
            # Nobody below 10 is in hospital there, but some die: those pass through the hospital here.
            assert hospital.share.at(years) == pytest.approx(max(in_hospital, dead if not in_hospital else 0) / 100)
            assert hospital.share.at(years) * dying.share.at(years) == pytest.approx(dead / 100, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "state", "to", "share", "source"),
    [
        ("influenza-h1n1-2009", "incubating", "ill", (0.60 + 0.65) / 2, "doi:10.1017/S0950268807008369"),
        ("covid-19-wild", "incubating", "silent", 0.179, "doi:10.2807/1560-7917.ES.2020.25.10.2000180"),
        ("mers", "ill", "dying", round(38 / 186, 3), "doi:10.1016/j.phrp.2015.08.006"),
    ],
)
def test_shares(name, state, to, share, source):
    found = branch(name, state, to).share
    assert found.value == pytest.approx(share)
    assert found.source == source


def test_five_cases_of_mers_make_four_fifths():
    """With k = 0.02 the five largest of 186 offspring counts of mean 185 / 186 make about 83.2 % on average."""
    k, cases = pathogen("mers").dispersion.value, 186
    mean = (cases - 1) / cases
    offspring = stats.nbinom(k, k / (k + mean)).rvs((20_000, cases), random_state=1)
    offspring.sort(axis=1)
    total = offspring.sum(axis=1)
    large = total > 20
    share = (offspring[large, -5:].sum(axis=1) / total[large]).mean()
    assert share == pytest.approx(0.832, abs=0.02)


def test_nothing_without_a_source_has_crept_in():
    """What the references do not give is left out: no severity of influenza and Omicron, no waning."""
    for name in ("influenza-h1n1-2009", "covid-19-omicron", "measles"):
        assert not any(state.dead for state in pathogen(name).states.values())
    for name in ("influenza-h1n1-2009", "measles", "covid-19-wild", "covid-19-omicron", "mers"):
        states = pathogen(name).states.values()
        assert not any(each.to == "susceptible" for state in states for each in state.next)
        assert not any(state.susceptibility for state in states)
    assert not pathogen("mers").states["incubating"].infectiousness


WEIGHTS = {"home": 3.0, "class_": 0.6, "team": 0.6, "community": 0.3}
"""Of a contact and day."""


def test_the_benchmark_has_the_weights_and_features_that_peers_are_measured_with():
    benchmark = pathogen("benchmark")
    assert list(benchmark.routes) == ["air"]
    for setting, weight in WEIGHTS.items():
        assert getattr(benchmark.routes["air"], setting) == weight
    by_decade = [benchmark.susceptibility.at(10 * decade + 5) for decade in range(10)]
    assert by_decade == [0.5, 0.6, 0.9, 1, 1, 1, 1, 1, 1, 1]
    assert [state for state, spec in benchmark.states.items() if spec.symptomatic] == ["ill", "hospital"]
    assert branch("benchmark", "exposed", "ill").share.value == 0.6
    sick = [branch("benchmark", "ill", "hospital").share.at(10 * decade + 9) for decade in range(9)]
    assert sick == [0.001, 0.002, 0.006, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3]
    dying = [branch("benchmark", "hospital", "dead").share.at(10 * decade) for decade in range(9)]
    deaths = [1e-5, 1e-5, 9e-5, 4e-4, 1.05e-3, 4e-3, 0.01, 0.04, 0.105]  # of the ill
    assert [one * other for one, other in zip(sick, dying, strict=True)] == pytest.approx(deaths)
    profile = benchmark.infectiousness
    assert [time / day for time in profile.after] == list(range(13))
    assert profile.relative == (0.5, 0.7, 0.9, 1, 1, 0.95, 0.85, 0.7, 0.6, 0.5, 0.4, 0.35, 0.3)


# Jonas is fiction, so its source is what its file says: entered here a second time, so that nothing slips.

WOUNDS = {
    "head": (0.07, 0.97, "bitten_head"),
    "arm": (0.28, 0.85, "bitten_arm"),
    "leg": (0.35, 0.65, "bitten_leg"),
    "scratch": (0.3, 0.3, "scratched"),
}
"""(Share of all wounds, chance that the virus takes, state in which it then begins)."""

HOURS = {
    "bitten_head": (3, 1),
    "bitten_arm": (8, 3),
    "bitten_leg": (14, 5),
    "scratched": (24, 9),
    "hiding": (3, 1),
    "feverish": (3, 1),
    "in_care": (3, 1),
    "hunting": (5 * 24, 2 * 24),
}
"""Mean and standard deviation of the time in a state [h]; the others last."""

LEADS = {
    "bitten_head": {"hiding": 0.3, "in_care": 0.4, "feverish": 0.28, "carrier": None},
    "bitten_arm": {"hiding": 0.45, "in_care": 0.15, "feverish": 0.37, "carrier": None},
    "bitten_leg": {"hiding": 0.55, "in_care": 0.1, "feverish": 0.3, "carrier": None},
    "scratched": {"hiding": 0.7, "feverish": 0.2, "carrier": None},
    "hiding": {"hunting": None},
    "feverish": {"hunting": None},
    "in_care": {"hunting": None},
    "hunting": {"spent": None},
}
"""Shares of what follows; None takes the rest."""


def test_the_bite_virus_of_hyosan():
    jonas = pathogen("jonas")
    assert (jonas.alpha.value, jonas.alpha.source.split(";")[0]) == (0.05, "fiction: hyosan")
    bite = jonas.bite
    assert (bite.hazard, bite.area, bite.pause, bite.hearing) == (6.0, 1000.0, 60, 400.0)
    assert (bite.pace.value, bite.speed.value, bite.breaking, bite.company) == (0.8, 3.3, 1.0, 0.1)
    assert {name: (wound.share, wound.risk, wound.to) for name, wound in bite.wounds.items()} == WOUNDS
    assert {name for name, state in jonas.states.items() if state.dwell is None} == {"carrier", "spent"}


@pytest.mark.parametrize("state", HOURS)
def test_the_course_of_the_bite_virus(state):
    found = pathogen("jonas").states[state]
    mean, sd = HOURS[state]
    assert (found.dwell.distribution, found.dwell.mean, found.dwell.sd) == ("gamma", mean * hour, sd * hour)
    assert {each.to: each.share and each.share.value for each in found.next} == LEADS[state]


def test_what_the_bite_virus_does_to_people():
    states = pathogen("jonas").states
    behaviours = {name: state.behaviour for name, state in states.items() if state.behaviour != "normal"}
    assert behaviours == {"feverish": "stays home", "in_care": "in hospital", "hunting": "hunts"}
    assert {name for name, state in states.items() if state.symptomatic} == {
        *("hiding", "feverish", "in_care", "hunting"),
    }
    assert {name: state.infectiousness for name, state in states.items() if state.infectiousness} == {"hunting": 1}
    assert {name for name, state in states.items() if state.dead} == {"spent"}


def test_bites_at_head_and_limbs_are_in_the_order_of_rabies():
    """Of untreated bites at head, arm and leg .45, .28 and .05 end in rabies: the nearer to the brain, the more."""
    risks = [WOUNDS[name][1] for name in ("head", "arm", "leg")]
    assert risks == sorted(risks, reverse=True)
    waits = [HOURS[WOUNDS[name][2]][0] for name in ("head", "arm", "leg", "scratch")]
    assert waits == sorted(waits)
    assert sum(share * risk for share, risk, _ in WOUNDS.values()) == pytest.approx(0.6234)


def test_the_zombies_of_physics():
    """A ratio of kills to bites and a rate, as Alemi et al. (2015) have it: no incubation, no other end, no streets."""
    szr = pathogen("szr")
    assert (szr.alpha.value, szr.alpha.source) == (0.8, "doi:10.1103/PhysRevE.92.052801")
    assert (szr.bite.hazard, szr.bite.wounds, szr.bite.speed, szr.bite.company) == (0.01, {}, None, 0.0)
    assert list(szr.states) == ["hunting"]
    hunting = szr.states["hunting"]
    assert (hunting.behaviour, hunting.infectiousness, hunting.dwell) == ("hunts", 1.0, None)
