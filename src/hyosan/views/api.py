"""What people call from Python: run a scenario, open a run, ask it, draw it."""

from __future__ import annotations

import operator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyosan.errors import HyosanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyarrow as pa
    from matplotlib.figure import Figure

    from hyosan.records.run import Records
    from hyosan.scenario.model import Scenario
    from hyosan.scenario.walking import BuildingScenario

MOST_SEED = 2**64 - 1
MOST_THREADS = 1024


class Run:
    """What one run left behind. `simulate` and `open_run` make it.

    Args:
        records: Its tables and what is known about them.
        folder: Where it lies on the disk, if it does.
    """

    def __init__(self, records: Records, folder: Path | None = None) -> None:
        self._records = records
        self.folder = folder

    def __repr__(self) -> str:
        summary = self.summary
        where = f" in {self.folder}" if self.folder is not None else ""
        return (
            f"<{self.status} run of {summary['scenario']}, seed {summary['seed']}{where}: "
            f"{summary['infected']} of {summary['people']} people infected>"
        )

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers that `hyosan run --json` prints."""
        return self._records.summary

    @property
    def manifest(self) -> dict[str, Any]:
        """How the run was made: scenario as resolved, seed, code, libraries."""
        return dict(self._records.manifest)

    @property
    def status(self) -> str:
        """`finished`, or `interrupted`."""
        return str(self._records.manifest["status"])

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return self._records.names

    def table(self, name: str) -> pa.Table:
        """One table, such as `infections`, as an Arrow table."""
        return self._records.table(name)

    def query(self, sql: str) -> pa.Table:
        """The answer to one SELECT in the SQL of DuckDB, in which every table stands by its name."""
        return self._records.query(sql)

    def indicators(self) -> dict[str, Any]:
        """Attack rates, reproduction numbers, intervals and dispersion: what `hyosan show --indicators --json` prints.

        What would make a table, such as `dates` or `generations`, is a list of rows for `pyarrow.Table.from_pylist` or
        `pandas.DataFrame`.
        """
        from hyosan.records.indicators import indicators

        return indicators(self._records)

    def plot(self, kind: str = "all") -> Figure:
        """A figure of matplotlib.

        Args:
            kind: `curve`, `states`, `age`, `setting`, or `all` of them on one page; `hunt`, the page of a run in which
                people hunt, which there is what `all` gives; `indicators` for those. Of a run in a building `all` is
                its page.
        """
        if kind == "indicators":
            from hyosan.views.indicator_plots import plot as plot_indicators

            return plot_indicators(self._records)
        from hyosan.views.plots import plot

        return plot(self._records, kind)

    def frame(self, moment: str, storey: str | None = None) -> Figure:
        """A building at a moment, as a figure of matplotlib.

        Args:
            moment: Time since the start, such as `90 s`, or of the clock, such as `09:01:30`.
            storey: Name of the only storey to show.
        """
        from hyosan.views.pictures import frame

        return frame(self._records, moment, storey)

    def film(self, path: str | Path, storey: str | None = None) -> None:
        """Write a film of people in a building, or of the map if people hunted in streets, into a .gif or .mp4.

        Args:
            path: File to write, in place of one of that name; an .mp4 is for buildings, and needs ffmpeg on the path.
            storey: Name of the only storey of a building to show.
        """
        from hyosan.views.pictures import film

        film(self._records, Path(path), storey)

    def save(self, folder: str | Path) -> Path:
        """Write the run into a folder that does not exist or is empty."""
        self.folder = self._records.save(folder)
        return self.folder

    def export(self, form: str, out: str | Path) -> Path:
        """Write the run as `csv`, `parquet`, `epicontacts` or `newick`; one in a building as `jupedsim` too."""
        from hyosan.records.export import FORMATS, export

        if form not in FORMATS:
            raise HyosanError(f"{form!r:.80}: no such format. Known: {', '.join(FORMATS)}.")
        return export(self._records, form, Path(out))


def load(
    source: str | Path | Scenario | BuildingScenario,
    *,
    set: Mapping[str, object] | None = None,  # noqa: A002
    until: str | None = None,
) -> Scenario | BuildingScenario:
    """A scenario from the catalogue or a TOML file, checked.

    Args:
        source: Name in the catalogue, path of a file, or a `Scenario` to be changed.
        set: Values in place of the file's, by dotted key: `{"pathogen.reproduction_number": 2}`.
        until: Longest time to simulate, such as `"5 days"`.
    """
    from hyosan.scenario import load as loading

    return loading.load(source, set=set, until=until)


def open_run(folder: str | Path) -> Run:
    """The run in a folder, after each of its files has been compared with its SHA-256."""
    from hyosan.records.run import opened

    return Run(opened(folder), Path(folder))


def simulate(
    scenario: str | Path | Scenario | BuildingScenario = "hyosan",
    *,
    seed: int = 1,
    until: str | None = None,
    set: Mapping[str, object] | None = None,  # noqa: A002
    threads: int = 1,
    out: str | Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    guests: Sequence[object] = (),
) -> Run:
    """Run a scenario once.

    Args:
        scenario: Name in the catalogue, path of a file, or a `Scenario`.
        seed: Seed of the run, 0 to 2**64 - 1. The same seed gives the same run, on any number of threads.
        until: Longest time to simulate, such as `"5 days"`.
        set: Values in place of the scenario's, by dotted key.
        threads: Threads to use.
        out: Folder to write the run into, which does not exist or is empty. Without it nothing is written.
        progress: Hears (stage, done, of); stages are `world`, `kernels`, `seconds` and `tables`.
        guests: Objects of your own with `intervene(now, view)`, which gives a list of interventions that begin now, or
            `observe(now, view)`; asked before each step. `now` is seconds since the start.
    """
    plan = load(scenario, set=set, until=until)
    seed, threads = seed_of(seed), threads_of(threads)
    from hyosan.records.write import claim
    from hyosan.views.outbreak import outbreak
    from hyosan.views.patience import Patience

    folder = None if out is None else claim(Path(out), plan.name, seed)
    with Patience() as patience:
        records = outbreak(plan, patience, seed=seed, threads=threads, folder=folder, tell=progress, guests=guests)
        return Run(records, folder)


def ensemble(
    scenario: str | Path | Scenario | BuildingScenario = "hyosan",
    *,
    seeds: Iterable[int] = range(1, 11),
    set: Mapping[str, object] | None = None,  # noqa: A002
    until: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pa.Table:
    """Run a scenario once a seed over one world; one row a run, in the order of the seeds.

    The row of a seed has the digest of `simulate` with that seed, whatever the other seeds are.

    Args:
        scenario: Name in the catalogue, path of a file, or a `Scenario`.
        seeds: Seeds of the runs, 0 to 2**64 - 1 each.
        set: Values in place of the scenario's, by dotted key.
        until: Longest time to simulate, such as `"5 days"`.
        threads: Runs at the same time; as many as there are processors if not given.
        progress: Hears (runs done, runs in all).

    Returns:
        The numbers of `Run.summary`, and the final count of every state by its name; of people in buildings just the
        numbers of `Run.summary`.
    """
    plan = load(scenario, set=set, until=until)
    wanted = [seed_of(seed) for seed in seeds]
    count = None if threads is None else threads_of(threads)
    from hyosan.ensemble.execute import execute, walk
    from hyosan.scenario.walking import BuildingScenario
    from hyosan.world.synthesis import build

    if isinstance(plan, BuildingScenario):
        return walk(plan, wanted, threads=count, tell=progress)
    return execute(plan, build(plan), wanted, threads=count, tell=progress)


def seed_of(seed: object) -> int:
    """A seed of 64 bits."""
    try:
        number = operator.index(seed)  # type: ignore[arg-type]
    except TypeError:
        raise HyosanError(f"seed is {seed!r:.60}, not a whole number. Write 0 to {MOST_SEED}.") from None
    if isinstance(seed, bool) or not 0 <= number <= MOST_SEED:
        shown = seed if number.bit_length() < 200 else "a number of many digits"
        raise HyosanError(f"seed is {shown}. Write a whole number, 0 to {MOST_SEED}.")
    return number


def threads_of(threads: object) -> int:
    """A count of threads."""
    if isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= MOST_THREADS:
        raise HyosanError(f"threads is {threads!r:.60}. Write a whole number, 1 to {MOST_THREADS}.")
    return threads
