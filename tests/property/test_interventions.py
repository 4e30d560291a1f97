"""What holds with interventions of every kind in force, whatever the pathogen and the world."""

from datetime import datetime, timedelta

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breadth import some
from hyosan.rules.codes import Reason, Setting
from hyosan.scenario.interventions import Curfew, IsolateSymptomatic, LimitGatherings, Masks
from hyosan.scenario.model import Scenario, resolved
from hyosan.scenario.start import InfectedAtStart
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build
from property.outbreaks import digest_of, looked_at, pathogens, replayed, scenarios, simulation, worlds
from traced import missed_infectees

SEEDS = st.integers(0, 2**64 - 1)
START = datetime(2026, 3, 2)
LONG_AFTER = "2030-01-01"
WHERE = {
    "isolate-symptomatic": Reason.ISOLATED,
    "quarantine-households": Reason.QUARANTINED,
    "close-schools": Reason.SCHOOL_CLOSED,
    "close-workplaces": Reason.WORKPLACE_CLOSED,
    "limit-gatherings": Reason.GATHERING,
    "curfew": Reason.CURFEW,
    "masks": Reason.MASKED,
    "trace-contacts": Reason.TRACED,
}
"""The reason for which an intervention refuses."""


def shares():
    return st.sampled_from([1.0, 0.5, 0.9, 0.2])


def kinds():
    """One table of every kind that refuses attempts; without dates."""
    delay = st.sampled_from(["1 hour", "5 hours", "1 day", "3 days"])
    length = st.sampled_from(["14 days", "30 hours"])
    hours = st.sampled_from([["22:00", "05:00"], ["08:00", "18:00"]])

    def table(kind, **parts):
        return st.fixed_dictionaries({"kind": st.just(kind), **parts})

    return (
        table("isolate-symptomatic", delay=delay, adherence=shares()),
        table("quarantine-households", delay=delay, duration=length, adherence=shares()),
        table("close-schools"),
        table("close-workplaces", share=shares()),
        table("limit-gatherings", share=shares()),
        table("curfew", hours=hours, adherence=shares()),
        table("masks", wearing=shares(), source_control=shares(), protection=shares()),
        table(
            "trace-contacts",
            ascertainment=shares(),
            coverage=shares(),
            adherence=shares(),
            delay=delay,
            duration=length,
            capacity=st.sampled_from([100, 1]),
        ),
    )


@st.composite
def dated(draw, table):
    """An intervention with dates or without."""
    made = draw(table)
    begin = draw(st.sampled_from([None, 0, 1, 30, 100]))
    if begin is not None:
        made["from"] = (START + timedelta(hours=begin)).isoformat()
    if draw(st.booleans()):
        made["until"] = (START + timedelta(hours=(begin or 0) + draw(st.sampled_from([1, 40, 300])))).isoformat()
    return made


@st.composite
def ill_pathogens(draw):
    """Pathogens some of whose states have symptoms."""
    made = draw(pathogens())
    for name in ("exposed", "mild", "severe"):
        made["states"][name]["symptomatic"] = name == "mild" or draw(st.booleans())
    return made


def doses(scenario):
    """Vaccination during the run, with the vaccine that was there before."""
    start = scenario.vaccinated_at_start
    actions = ["leaky", "all-or-nothing"] if start is None else [start.action]
    return st.fixed_dictionaries(
        {
            "kind": st.just("vaccinate"),
            "per_day": st.sampled_from([3, 40]),
            "uptake": st.just(0.7),
            "priority": st.sampled_from([[0], [60, 20]]),
            "efficacy": st.just(0.7),
            "action": st.sampled_from(actions),
            "delay": st.sampled_from(["0 days", "1 days", "30 hours"]),
        }
    )


def with_orders(scenario, orders):
    """The scenario with other interventions."""
    return Scenario.model_validate({**resolved(scenario), "interventions": orders})


@st.composite
def responses(draw):
    """A scenario with one intervention of every kind, in some order, school closure with compensation or not."""
    scenario = draw(scenarios(pathogen=draw(ill_pathogens())))
    if scenario.infected_at_start.count == 0:
        scenario = scenario.model_copy(update={"infected_at_start": InfectedAtStart(count=1)})
    tables = [*kinds(), doses(scenario)]
    orders = [draw(dated(table)) for table in draw(st.permutations(tables))]
    for order in orders:
        if order["kind"] == "close-schools":
            order["compensation"] = draw(st.sampled_from([0.0, 0.5]))
    return with_orders(scenario, orders)


def nothing_of(table):
    """The same intervention, but nobody does it."""
    nobody = {"adherence", "share", "wearing", "ascertainment"}
    return {**table, **dict.fromkeys(nobody & set(table), 0.0)}


@settings(max_examples=some(60))
@given(st.data(), scenarios(pathogen=None), worlds(), SEEDS)
def test_an_intervention_that_refuses_nothing_changes_nothing(data, scenario, world, seed):
    scenario = with_orders(scenario, [])
    plain = simulation(scenario, world, seed=seed)
    assume(plain is not None)
    tables = [data.draw(table) for table in kinds()]
    idle = [nothing_of(table) for table in tables if table["kind"] != "close-schools"]
    later = [{**table, "from": LONG_AFTER} for table in [*tables, data.draw(doses(scenario))]]
    run = simulation(with_orders(scenario, [*idle, *later]), world, seed=seed)
    assert digest_of(run.run()) == digest_of(plain.run())
    reasons = set(run.refusals()["reason"].tolist())
    assert not reasons & {int(reason) for reason in WHERE.values()}


@settings(max_examples=some(60))
@given(responses(), worlds(), SEEDS, st.integers(2, 17), st.sampled_from([1, 2, 4]))
def test_threads_pieces_and_steps_do_not_matter(scenario, world, seed, pieces, threads):
    straight = simulation(scenario, world, seed=seed)
    assume(straight is not None)
    cut = simulation(scenario, world, seed=seed, pieces=pieces, threads=threads)
    steps = simulation(scenario, world, seed=seed)
    try:
        straight.run()
        cut.run()
        while not steps.finished:
            steps.step()
        for other in (cut, steps):
            assert digest_of(other) == digest_of(straight)
            assert other.emitted() == straight.emitted()
            assert other.refusals()["count"].tolist() == straight.refusals()["count"].tolist()
    finally:
        cut.close()


@settings(max_examples=some(40))
@given(st.data(), responses(), worlds(), SEEDS)
def test_state_taken_and_put_back_goes_on_to_the_same_digest(data, scenario, world, seed):
    straight = simulation(scenario, world, seed=seed)
    assume(straight is not None)
    straight.run()
    steps = -(-straight.end // int(scenario.step))
    run = simulation(scenario, world, seed=seed)
    for cut in sorted(data.draw(st.lists(st.integers(0, steps), min_size=3, max_size=3))):
        run.run(min(cut * int(scenario.step), run.end))
        taken = run.state()
        run.run()
        assert digest_of(run) == digest_of(straight)
        run = simulation(scenario, world, seed=seed, pieces=data.draw(st.integers(1, 9)), state=taken)
    run.run()
    assert digest_of(run) == digest_of(straight)
    assert run.refusals()["count"].tolist() == straight.refusals()["count"].tolist()


@settings(max_examples=some(80))
@given(responses(), worlds(), SEEDS)
def test_every_attempt_is_accepted_refused_or_waiting(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    for _ in looked_at(run):
        refusals = run.refusals()
        accepted = refusals["reason"] == Reason.NONE
        assert (refusals["count"] > 0).all()
        assert refusals["count"].sum() == run.emitted() - run.waiting()
        assert refusals["count"][accepted].sum() == len(run.infections()["time_s"])
        assert sum(run.totals().values()) == len(world.people)
    gathering = refusals["setting"][refusals["reason"] == Reason.GATHERING]
    assert set(gathering.tolist()) <= {Setting.COMMUNITY}
    away = np.isin(refusals["reason"], [int(reason) for reason in WHERE.values()])
    assert Setting.HOME not in refusals["setting"][away]


@settings(max_examples=some(80))
@given(responses(), worlds(), SEEDS)
def test_changes_of_state_lead_from_the_start_to_where_people_are(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    at_start = run.states_at_start()
    while not run.finished:
        run.run(run.now + 2 * 86400)
        assert (replayed(run, at_start) == run.states()).all()
    last = run.counts()
    assert last["count"][last["time_s"] == run.now].sum() == len(world.people)
    assert (last["count"] >= 0).all()


@settings(max_examples=some(80))
@given(responses(), worlds(), SEEDS)
def test_whom_a_case_has_infected_is_among_its_contacts(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    for day in (1, 2, 5, 12, 18, 50):
        run.run(min(day * 86400, run.end))
        if run.now == day * 86400:
            assert missed_infectees(run, day) == []


def attempts_that_infected(run):
    """The infections in order, each with everything that says which attempt it was."""
    infections = run.infections()
    names = ("time_s", "infectee", "infector", "setting", "route", "episode")
    return list(zip(*(infections[name].tolist() for name in names), strict=True))


@settings(max_examples=some(120))
@given(st.data(), worlds(), SEEDS)
def test_the_first_difference_is_an_infection_less(data, world, seed):
    """Where nobody has hours of day, an intervention that only refuses takes an infection away before it adds any.

    In a city with hours, people who are sent home can be infected there when they would else be out.
    """
    scenario = data.draw(scenarios(pathogen=data.draw(ill_pathogens())))
    numbers = data.draw(st.lists(st.sampled_from(range(8)), min_size=1, max_size=3))
    orders = [data.draw(dated(kinds()[number])) for number in numbers]
    without = simulation(with_orders(scenario, []), world, seed=seed)
    assume(without is not None)
    before = attempts_that_infected(without.run())
    after = attempts_that_infected(simulation(with_orders(scenario, orders), world, seed=seed).run())
    parted = next((row for row, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    if parted is None:
        assert len(after) <= len(before)
    else:
        assert before[parted] not in after
        assert before[parted][0] <= after[parted][0]


class Onlooker:
    """A guest who looks at everything and changes what it was given."""

    def observe(self, now, view):
        view.totals().clear()
        for column in view.table("infections").values():
            if column.flags.writeable:
                column[...] = 0


class Ruler:
    """A guest who orders interventions at certain times."""

    def __init__(self, orders):
        self.orders = orders

    def intervene(self, now, view):
        return self.orders.get(now, ())


@settings(max_examples=some(40))
@given(responses(), worlds(), SEEDS)
def test_who_only_observes_changes_nothing(scenario, world, seed):
    alone = simulation(scenario, world, seed=seed)
    assume(alone is not None)
    watched = simulation(scenario, world, seed=seed, guests=[Onlooker()])
    assert digest_of(watched.run()) == digest_of(alone.run())


@settings(max_examples=some(60))
@given(st.data(), worlds(), SEEDS)
def test_an_order_of_a_guest_is_the_same_order_with_its_date(data, world, seed):
    scenario = data.draw(scenarios(pathogen=data.draw(ill_pathogens())))
    step = int(scenario.step)
    when = data.draw(st.sampled_from([0, step, 5 * step]))
    assume(when < scenario.duration)
    sections = [
        IsolateSymptomatic(delay="1 day", adherence=data.draw(shares())),
        Masks(wearing=data.draw(shares()), source_control=0.5, protection=0.5),
        LimitGatherings(share=data.draw(shares())),
        Curfew(hours=["08:00", "18:00"], adherence=0.5),
    ]
    orders = data.draw(st.permutations(sections))[:2]
    moment = START + timedelta(seconds=when)
    written = [
        {**order.model_dump(mode="json", by_alias=True, exclude_none=True), "from": moment.isoformat()}
        for order in orders
    ]
    in_writing = simulation(with_orders(scenario, written), world, seed=seed)
    assume(in_writing is not None)
    by_guest = simulation(with_orders(scenario, []), world, seed=seed, guests=[Ruler({when: orders})])
    assert digest_of(by_guest.run()) == digest_of(in_writing.run())


def test_doses_where_nobody_is_infected():
    """People become immune by doses, though nobody is ever infected."""
    plan = Scenario.model_validate(
        {
            "schema": 1,
            "duration": "5 days",
            "world": {"kind": "well-mixed"},
            "people": 100,
            "pathogen": {
                "name": "again",
                "routes": {"air": {"community": 1.0}},
                "states": {
                    "ill": {
                        "dwell": {"distribution": "fixed", "mean": "3 days"},
                        "infectiousness": 1.0,
                        "next": [{"to": "susceptible"}],
                    }
                },
            },
            "interventions": [
                {
                    "kind": "vaccinate",
                    "per_day": 10,
                    "uptake": 1.0,
                    "efficacy": 0.5,
                    "action": "all-or-nothing",
                    "delay": "0 days",
                }
            ],
        }
    )
    assert len(Simulation(plan, build(plan)).run().transitions()["time_s"]) > 0


def test_two_limits_and_two_masks_act_as_one():
    """Two limits let through what both let through; whoever follows two orders wears one mask, the later."""
    start = {"schema": 1, "duration": "40 days", "world": {"kind": "well-mixed"}, "people": 4000}
    ill = {"reproduction_number": 3.0, "infectious_period": {"distribution": "exponential", "mean": "3 days"}}
    pathogen = {"name": "plain", "routes": {"air": {"community": 1.0}}, **ill}

    def run_of(*orders):
        table = {**start, "infected_at_start": 40, "pathogen": pathogen, "interventions": list(orders)}
        plan = Scenario.model_validate(table)
        return Simulation(plan, build(plan), seed=5).run()

    def limit(share):
        return {"kind": "limit-gatherings", "share": share}

    def masks(wearing, protection):
        return {"kind": "masks", "wearing": wearing, "source_control": 0.0, "protection": protection}

    assert digest_of(run_of(limit(0.5), limit(0.5))) == digest_of(run_of(limit(0.75)))
    assert digest_of(run_of(limit(0.5), limit(0.0))) == digest_of(run_of(limit(0.5)))
    assert digest_of(run_of(masks(1.0, 0.9), masks(1.0, 0.3))) == digest_of(run_of(masks(1.0, 0.3)))
    assert digest_of(run_of(masks(1.0, 0.4), masks(0.0, 0.9))) == digest_of(run_of(masks(1.0, 0.4)))
    refused = run_of(masks(0.5, 1.0), masks(0.5, 1.0)).refusals()
    infected = refused["count"][refused["reason"] == Reason.NONE].sum() - 40
    held = refused["count"][refused["reason"] == Reason.MASKED].sum()
    assert held > 2 * infected  # three in four wear one
