"""The same seed gives the same digest, however the work is cut, and wherever the state is taken and put back."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breadth import some
from property.outbreaks import digest_of, scenarios, simulation, worlds

CUTS_A_RUN = 6


@settings(max_examples=some(60))
@given(scenarios(), worlds(), st.integers(0, 2**64 - 1), st.integers(1, 17), st.sampled_from([1, 2, 4]))
def test_threads_and_pieces_do_not_matter(scenario, world, seed, pieces, threads):
    straight = simulation(scenario, world, seed=seed)
    assume(straight is not None)
    cut = simulation(scenario, world, seed=seed, pieces=pieces, threads=threads)
    try:
        assert digest_of(straight.run()) == digest_of(cut.run())
        assert straight.emitted() == cut.emitted()
    finally:
        cut.close()


@settings(max_examples=some(60))
@given(scenarios(), worlds(), st.integers(0, 2**64 - 1))
def test_steps_and_days_give_the_same(scenario, world, seed):
    days = simulation(scenario, world, seed=seed)
    assume(days is not None)
    steps = simulation(scenario, world, seed=seed)
    while not steps.finished:
        steps.step()
    assert digest_of(days.run()) == digest_of(steps)


def test_every_split_of_a_large_outbreak():
    """Enough people that every piece has work: 1 to 17 pieces on 1, 2 and 4 threads."""
    plan, world = epidemic()
    digests = set()
    for pieces in range(1, 18):
        run = simulation(plan, world, seed=5, pieces=pieces, threads=(1, 2, 4)[pieces % 3])
        digests.add(digest_of(run.run()))
        run.close()
    assert len(digests) == 1


def test_different_seeds_differ():
    plan, world = epidemic()
    digests = {digest_of(simulation(plan, world, seed=seed).run()) for seed in (*range(8), 2**63, 2**64 - 1)}
    assert len(digests) == 10


def epidemic():
    """An outbreak among 3,000 people who mix, with everything that takes place in the middle of a day."""
    from hyosan.scenario.model import Scenario
    from hyosan.world.synthesis import build

    plan = Scenario.model_validate(
        {
            "schema": 1,
            "duration": "25 days",
            "world": {"kind": "well-mixed"},
            "people": 3000,
            "infected_at_start": 30,
            "importations": {"per_day": 2.0},
            "pathogen": {
                "name": "quick",
                "reproduction_number": 2.0,
                "dispersion": 0.4,
                "routes": {"air": {"community": 1.0}},
                "latent_period": {"distribution": "exponential", "mean": "9 hours"},
                "infectious_period": {"distribution": "gamma", "mean": "1.5 days", "shape": 0.5},
            },
        }
    )
    return plan, build(plan)


@settings(max_examples=some(20))
@given(st.data(), scenarios(), worlds(), st.integers(0, 2**64 - 1))
def test_state_taken_and_put_back_goes_on_to_the_same_digest(data, scenario, world, seed):
    """Each of twenty outbreaks is cut at six steps, each time into another number of threads and pieces."""
    straight = simulation(scenario, world, seed=seed)
    assume(straight is not None)
    straight.run()
    steps = -(-straight.end // int(scenario.step))
    cuts = sorted(data.draw(st.lists(st.integers(0, steps), min_size=CUTS_A_RUN, max_size=CUTS_A_RUN)))
    run = simulation(scenario, world, seed=seed)
    for cut in cuts:
        while run.now < min(cut * int(scenario.step), run.end):
            run.step()
        taken = run.state()
        run.run()
        assert digest_of(run) == digest_of(straight), "taking a state changed the run that it was taken from"
        run.close()
        threads, pieces = data.draw(st.sampled_from([1, 2, 4])), data.draw(st.integers(1, 17))
        run = simulation(scenario, world, seed=seed, threads=threads, pieces=pieces, state=taken)
    run.run()
    run.close()
    assert digest_of(run) == digest_of(straight)
    assert run.refusals()["count"].tolist() == straight.refusals()["count"].tolist()
    assert run.emitted() == straight.emitted()
