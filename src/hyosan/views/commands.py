"""The commands of `hyosan`: what they take, what they print."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from hyosan.errors import HyosanError, ScenarioError, did_you_mean
from hyosan.views import terminal
from hyosan.views.terminal import FULL, INTERRUPTED, complain, say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="hyosan",
    help="Follow one outbreak through a city, exactly and repeatably.",
    epilog="Exit codes: 0 fine; 1 you can mend it; 2 wrong usage; 3 no room on the disk; 130 interrupted.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]
Json = Annotated[bool, typer.Option("--json", help="Print one line of JSON and nothing else.")]


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Whatever a person can mend becomes one message and an exit code."""

    @wraps(command)
    def inside(*args: Any, **values: Any) -> None:
        try:
            command(*args, **values)
            terminal.flush()
        except HyosanError as error:
            _fail(str(error), error.exit_code)
        except MemoryError:
            _fail("not enough memory for this. Ask for fewer people, threads or rows.", 1)
        except RecursionError:
            _fail("something in it is nested too deeply to be read.", 1)
        except OSError as error:
            # Files of a run have messages of their own; this is the cache of compiled kernels, or the machine.
            _fail(f"{error.filename or 'a file'}: {error.strerror or error}.", 3 if error.errno in FULL else 1)
        except KeyboardInterrupt:
            _fail("Interrupted.", INTERRUPTED)

    return inside


def _seed(number: int) -> int:
    """A seed of 64 bits."""
    if not 0 <= number < 2**64:
        raise typer.BadParameter(f"{number} is no seed. Write a whole number, 0 to {2**64 - 1}.")
    return number


@app.command()
@guarded
def run(
    scenario: Annotated[str, typer.Argument(help="Name in the catalogue, or a TOML file.")] = "hyosan",
    seed: Annotated[int, typer.Option(metavar="N", callback=_seed, help=f"Seed of the run, 0 to {2**64 - 1}.")] = 1,
    until: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help='Stop after a duration, such as "5 days", or on a date, such as 2026-03-07.'),
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A value in place of the file's; repeatable.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=1024, metavar="N", help="Threads to use.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write, new or empty. Default: runs/SCENARIO-SEED.")
    ] = None,
    json: Json = False,
) -> None:
    """Run a scenario once and write what happened into a folder."""
    from hyosan.records.write import claim
    from hyosan.scenario.load import placed
    from hyosan.views.api import load
    from hyosan.views.patience import Patience
    from hyosan.views.printed import print_run
    from hyosan.views.progress import Progress

    changes = _changes(settings or [])
    with Progress() as progress, Patience(progress.say) as patience:
        plan = load(scenario, set=changes, until=until)
        patience.hold()
        folder = claim(out, plan.name, seed)
        progress("world", 0, 1)
        from hyosan.views.outbreak import Interrupted, outbreak

        stopped = False
        try:
            records = outbreak(plan, patience, seed=seed, threads=threads, folder=folder, tell=progress)
        except ScenarioError as error:
            raise placed(error, scenario, set=changes, until=until) from None
        except Interrupted as interrupted:
            records, stopped = interrupted.records, True
    print_run(records, folder, json=json)
    if stopped:
        _fail(f"Interrupted. {folder} holds what had happened by then and says so.", INTERRUPTED)
    if not json:
        from hyosan.views.account import next_steps

        say(next_steps(folder, records))


@app.command()
@guarded
def scenarios(json: Json = False) -> None:
    """List the scenarios of the catalogue."""
    import tomllib

    from hyosan.scenario.load import scenario_names, text_of

    titles = {name: str(tomllib.loads(text_of(name)).get("title", "")) for name in scenario_names()}
    if json:
        say_json({"scenarios": [{"name": name, "title": title} for name, title in titles.items()]})
        return
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        say(f"{name:<{width}}  {title}".rstrip())


@app.command()
@guarded
def new(
    name: Annotated[str, typer.Argument(help="Scenario of the catalogue to start from.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="File to write.")] = None,
) -> None:
    """Write a scenario of the catalogue into a file of your own, to be changed."""
    from hyosan.scenario.load import scenario_names, text_of
    from hyosan.views.copies import write_new

    if name not in scenario_names():
        raise HyosanError(f"{name!r:.80}: no such scenario. {did_you_mean(name, scenario_names())}")
    text = text_of(name)
    path = out or Path(f"{name}.toml")
    write_new(path, text)
    say(f"{path}: written. Change it, then `hyosan check {path}` and `hyosan run {path}`.")


@app.command()
@guarded
def check(scenario: Annotated[str, typer.Argument(metavar="FILE", help="A TOML file.")]) -> None:
    """Check a scenario without running it, and name every problem at once."""
    from hyosan.scenario.idle import idle
    from hyosan.scenario.model import Scenario
    from hyosan.scenario.quantities import in_words
    from hyosan.views.api import load
    from hyosan.views.rehearsal import rehearsed, walked_through

    plan = load(scenario)
    length = in_words(plan.duration)
    if not isinstance(plan, Scenario):
        say(f"{scenario}: {walked_through(plan, scenario)}, up to {length}. Fine.")
        return
    number = rehearsed(plan, scenario)
    nothing = idle(plan)
    verdict = "Fine but for this:" if nothing else "Fine."
    spread = "" if number is None else f", reproduction number {number:.3g}"
    say(f"{scenario}: {plan.pathogen.name} among {plan.people_in_all:,} people{spread}, up to {length}. {verdict}")
    for line in nothing:
        say(line)
    if not plan.infected_of_a_group and not plan.importations:
        say("Nobody is infected at the start and nobody is imported, so nothing will happen: see infected_at_start.")


@app.command()
@guarded
def show(
    folder: RunFolder,
    json: Json = False,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it into a .png, .svg or .pdf.")] = None,
    frame: Annotated[
        str | None, typer.Option(metavar="TIME", help='With --plot: a building at "90 s" or at "09:01:30".')
    ] = None,
    storey: Annotated[str | None, typer.Option(metavar="NAME", help="Draw or film this storey only.")] = None,
    film: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Film the map, or people in a building, into a .gif or .mp4.")
    ] = None,
    indicators: Annotated[
        bool, typer.Option("--indicators", help="Attack rates, reproduction numbers, intervals, dispersion.")
    ] = False,
    story: Annotated[
        bool, typer.Option("--story", help="Tell the day of an outbreak in a building, line by line.")
    ] = False,
) -> None:
    """Show what happened in a run."""
    from hyosan.records.run import opened
    from hyosan.views.pictures import Pictures, make
    from hyosan.views.printed import print_run

    records = opened(folder)
    wanted = Pictures(plot=plot, film=film, frame=frame, storey=storey, indicators=indicators)
    make(records, wanted)
    print_run(records, folder, json=json, indicators=indicators, story=story)
    for path in (plot, film):
        if path is not None and not json:
            say(f"{path}: written.")


@app.command()
@guarded
def query(
    folder: RunFolder,
    sql: Annotated[str, typer.Argument(help="One SELECT, in the SQL of DuckDB.")],
    json: Json = False,
) -> None:
    """Ask the tables of a run; prints a table on a terminal, CSV into a pipe."""
    from hyosan.records.run import opened
    from hyosan.views.answers import answer, print_answer

    print_answer(answer(opened(folder), sql), json=json)


@app.command()
@guarded
def export(
    folder: RunFolder,
    form: Annotated[
        str, typer.Option("--format", metavar="csv|parquet|epicontacts|newick|jupedsim", help="What to write.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Where; must not exist. Default: beside the run folder.")
    ] = None,
) -> None:
    """Write a run in a format that other tools read."""
    from hyosan.records.export import FORMATS, default_out
    from hyosan.records.export import export as write
    from hyosan.records.run import opened

    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r:.80} is none of {', '.join(FORMATS)}.", param_hint="'--format'")
    records = opened(folder)
    path = write(records, form, out or default_out(folder, form))
    complain(f"{path}: written.")


@app.command()
@guarded
def floorplan(
    plan: Annotated[str, typer.Argument(metavar="FILE", help="A floor plan, or the name of one of the catalogue.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write it as JSON into a new file.")
    ] = None,
    draw: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it into a .png, .svg or .pdf.")] = None,
    json: Json = False,
) -> None:
    """Check a floor plan, convert it and draw it."""
    from hyosan.views.floorplans import handle

    if not handle(plan, out=out, drawing=draw, json=json):
        raise typer.Exit(1)


@app.command()
@guarded
def verify(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="What to verify; all if none.")] = None,
    quick: Annotated[bool, typer.Option(help="The quick ones, in about a minute.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON a claim and nothing else.")] = False,
) -> None:
    """Verify published results against this installation: claim, expected, got, verdict."""
    from hyosan import jit, verification
    from hyosan.views.claims import print_claims
    from hyosan.views.progress import Progress

    with Progress() as progress, jit.compilations_told_to(lambda _: progress("kernels", 0, 1)):
        claims = verification.run(tuple(names or ()), quick=quick, tell=lambda name: progress(name, 0, 1))
        failed = print_claims(claims, json=json)
    if failed:
        raise typer.Exit(1)


@app.command()
@guarded
def bench(
    case: Annotated[str, typer.Argument(metavar="city|building", help="What to measure.")],
    people: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="People; default: 1,000,000, or those of --scenario; in buildings 200, 1,000 and 5,000.",
        ),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=1024, metavar="N", help="Threads of a run.")] = 1,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Scenario to run; default: benchmark-city; in buildings corridor and bottleneck; or panic.",
        ),
    ] = None,
    schedules: Annotated[bool, typer.Option("--schedules", help="With schedules of weeks, 144 steps a day.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON a case and nothing else.")] = False,
) -> None:
    """Measure how fast this installation runs, and in how much memory."""
    from hyosan import jit
    from hyosan.scenario.model import Scenario
    from hyosan.verification.bench import CASES, PEOPLE, SCHEDULES, measured
    from hyosan.views.api import load
    from hyosan.views.measures import print_measures
    from hyosan.views.progress import Progress

    if case == "building":
        if schedules:
            raise typer.BadParameter("is of the city. Leave it out.", param_hint="'--schedules'")
        _bench_building(scenario, people, threads, json=json)
        return
    if case not in CASES:
        raise typer.BadParameter(
            f"{case!r:.80} is none of {', '.join((*CASES, 'building'))}.", param_hint="'city|building'"
        )
    count = PEOPLE if people is None and scenario is None else people
    changes = {**(SCHEDULES if schedules else {}), **({} if count is None else {"people": count})}
    plan = load(scenario or CASES[case], set=changes)
    if not isinstance(plan, Scenario):
        raise typer.BadParameter(
            f"{scenario} is of a building: write `hyosan bench building`.", param_hint="'--scenario'"
        )
    with Progress() as progress, jit.compilations_told_to(lambda _: progress("kernels", 0, 1)):
        found = measured(plan, threads=threads, tell=progress)
    print_measures(found, json=json)


def _bench_building(scenario: str | None, people: int | None, threads: int, *, json: bool) -> None:
    """Measure one case of people in a building, or every one."""
    from hyosan import jit
    from hyosan.verification.bench_building import CASES, PEOPLE, measured
    from hyosan.verification.bench_panic import PANIC, measured_panic
    from hyosan.views.measures import print_walking
    from hyosan.views.progress import Progress

    known = (*CASES, PANIC)
    if scenario not in (None, *known):
        raise typer.BadParameter(f"{scenario!r:.80} is none of {', '.join(known)}.", param_hint="'--scenario'")
    cases = CASES if scenario is None else (scenario,)
    counts = PEOPLE if people is None else (people,)
    with Progress() as progress, jit.compilations_told_to(lambda _: progress("kernels", 0, 1)):
        walked = [(case, count) for case in cases if case != PANIC for count in counts]
        found = [measured(case, count, threads=threads, tell=progress) for case, count in walked]
        if PANIC in cases:
            found.append(measured_panic(people, threads=threads, tell=progress))
    for each in found:
        print_walking(each, json=json)


def _changes(settings: list[str]) -> dict[str, object]:
    """`key=value` pairs as a mapping; a key given twice keeps its last value."""
    changes: dict[str, object] = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            raise typer.BadParameter(f"{setting!r:.80} is not KEY=VALUE, such as people=1000.", param_hint="'--set'")
        changes[key.strip()] = value
    return changes


def _version(wanted: bool) -> None:
    """Print the version."""
    if wanted:
        from hyosan import __version__

        say(f"hyosan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Follow one outbreak through a city, exactly and repeatably."""


def _fail(message: str, code: int) -> NoReturn:
    """End with a message and an exit code."""
    complain(message)
    raise typer.Exit(code) from None
