import pytest

import hyosan as hy
from hyosan.ensemble import execute as module
from hyosan.ensemble.execute import FIELDS, column_of, execute
from hyosan.errors import RunError
from hyosan.world.synthesis import build


@pytest.fixture(scope="module")
def plan():
    return hy.load("well-mixed", set={"people": 100, "infected_at_start": 5})


def test_a_run_that_fails_names_its_seed(plan, monkeypatch):
    whole = module.Simulation

    def broken(scenario, world, *, seed, groundwork):
        if seed == 3:
            raise hy.HyosanError("the sky fell")
        if seed == 4:
            raise ZeroDivisionError("a defect")
        return whole(scenario, world, seed=seed, groundwork=groundwork)

    monkeypatch.setattr(module, "Simulation", broken)
    with pytest.raises(RunError, match="seed 3: the sky fell"):
        execute(plan, build(plan), [1, 2, 3, 5], threads=2)
    with pytest.raises(ZeroDivisionError) as caught:
        execute(plan, build(plan), [1, 4], threads=2)
    assert "seed 4" in caught.value.__notes__[0]


def test_rows_are_told_in_order(plan):
    heard = []
    execute(plan, build(plan), [4, 4, 1], threads=2, tell=lambda *news: heard.append(news))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_state_with_the_name_of_a_number_keeps_both(tmp_path):
    text = """
        extends = "well-mixed"
        people = 50
        infected_at_start = 5
        duration = "3 days"
        end_when_over = false
        [pathogen]
        name = "grave"
        [pathogen.routes.air]
        community = 0.0
        source = "assumed: nobody infects"
        [pathogen.states.infected]
        dwell = { distribution = "fixed", mean = "1 day", source = "assumed: short" }
        next = [{ to = "dead" }]
        source = "assumed: not infectious"
        [pathogen.states.dead]
        dead = true
        """
    (tmp_path / "grave.toml").write_text(text)
    row = hy.ensemble(tmp_path / "grave.toml", seeds=[1]).to_pylist()[0]
    assert (row["infected"], row["infected_state"], row["dead"], row["dead_state"]) == (5, 0, 5, 5)
    assert column_of("infectious") == "infectious"


def test_the_world_is_made_once_and_read_only(plan, monkeypatch):
    from hyosan.world import synthesis

    made = []

    def counted(scenario):
        made.append(build(scenario))
        return made[-1]

    monkeypatch.setattr(synthesis, "build", counted)
    hy.ensemble(plan, seeds=range(4))
    assert len(made) == 1
    assert not made[0].people.age.flags.writeable


def test_fields_are_those_of_a_run(plan):
    assert list(FIELDS) == list(hy.simulate(plan).summary)
