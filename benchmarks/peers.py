"""Processor seconds of a city's epidemic in Covasim 3, Starsim 3, OpenABM-Covid19 and here, in one call.

`python benchmarks/peers.py [--people N] [--repeat N] [--json FILE]`; see the README beside this file for its caveats.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import platformdirs

FOLDER = Path(__file__).parent / "peers"

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

COLUMNS = ("name", "version", "setup_s", "cpu_s", "ratio", "infections", "attack_rate", "peak_day", "peak_mb")
"""Columns of the table; `ratio` is the peer's processor seconds over ours."""


class Skipped(Exception):  # noqa: N818
    """A peer that cannot be run here, and why."""


def environment(name: str, cache: Path) -> Path:
    """Python of a virtual environment with the pinned packages of a peer, made if it is not there."""
    wanted = FOLDER / f"{name}.txt"
    folder = cache / f"{name}-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    complete = folder / "complete"
    if not complete.exists():
        print(f"{name}: installing into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        made = subprocess.run(  # noqa: S603
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise Skipped(f"pip could not install {wanted.name}: {_last_line(made.stderr)}")
        complete.touch()
    return python


def openabm(checkout: Path | None) -> list[str]:
    """Last argument of the runner of OpenABM-Covid19: a checkout whose library for Python is built."""
    if checkout is None:
        raise Skipped("name a checkout with --openabm; it is on no package index")
    if not next(checkout.rglob("_covid19*.so"), None):
        raise Skipped(f"{checkout} holds no _covid19*.so: build its library for Python first")
    return [str(checkout.resolve())]


def line_of(python: Path, name: str, arguments: list[str], *, says: bool = True) -> dict[str, Any]:
    """The line that a runner prints; nothing if it says nothing."""
    variables = {**os.environ, **ONE_THREAD, "STARSIM_INSTALL_FONTS": "0", "MPLBACKEND": "agg"}
    if python != Path(sys.executable):
        variables.pop("PYTHONPATH", None)  # what is pinned is not mixed with what is here
    run = subprocess.run(  # noqa: S603
        [python, FOLDER / f"run_{name}.py", *arguments], capture_output=True, text=True, env=variables
    )
    if run.returncode:
        raise Skipped(f"its run failed: {_last_line(run.stderr)}")
    found: dict[str, Any] = json.loads(_last_line(run.stdout)) if says else {}
    return found


def _last_line(text: str) -> str:
    """The last line that is not empty."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")


def compare(people: int, repeat: int, cache: Path, checkout: Path | None) -> list[dict[str, Any]]:
    """A row for us and each peer; one that could not be run has `skip`."""
    here = Path(sys.executable)
    sizes = [str(people), str(repeat)]
    rows = [line_of(here, "hyosan", sizes), line_of(here, "hyosan", [*sizes, "--nobody-isolated"])]
    rows[1]["ratio"] = rows[1]["cpu_s"] / rows[0]["cpu_s"]
    for name in ("covasim", "starsim", "openabm"):
        print(f"{name}: running", file=sys.stderr)
        try:
            if name == "openabm":
                row = line_of(here, name, [*sizes, *openabm(checkout)])
            else:
                row = line_of(environment(name, cache), name, sizes)
            row["ratio"] = row["cpu_s"] / rows[0]["cpu_s"]
        except Skipped as skipped:
            row = {"name": name, "skip": str(skipped)}
        rows.append(row)
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Rows for eyes."""
    lines = [" ".join(f"{name:>{_width(name)}}" for name in COLUMNS)]
    for row in rows:
        if "skip" in row:
            lines.append(f"{row['name']:>{_width('name')}} skip: {row['skip']}")
        else:
            lines.append(" ".join(f"{shown(row.get(name)):>{_width(name)}}" for name in COLUMNS))
    return "\n".join(lines)


def _width(column: str) -> int:
    """Width of a column."""
    return 16 if column == "name" else 11


def shown(value: object) -> str:
    """A value in few digits."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"
    return str(value)


def main() -> int:
    """Run everybody; 1 if nobody but us could be run."""
    parser = argparse.ArgumentParser(description="Compare processor seconds with other simulators.")
    parser.add_argument("--people", type=int, default=100_000, help="people (default: 100,000)")
    parser.add_argument("--repeat", type=int, default=3, help="seeds of each peer, whose medians are told (default: 3)")
    parser.add_argument("--openabm", type=Path, help="checkout of OpenABM-Covid19 with its library for Python built")
    parser.add_argument("--json", type=Path, help="file to write the rows into")
    cache = Path(platformdirs.user_cache_dir("hyosan", appauthor=False)) / "peers"
    parser.add_argument("--cache", type=Path, default=cache, help="folder of the peers' virtual environments")
    given = parser.parse_args()
    try:
        rows = compare(given.people, given.repeat, given.cache, given.openabm)
    except Skipped as skipped:
        parser.exit(1, f"hyosan could not be measured: {skipped}\n")
    print(f"{given.people:,} people, 180 daily steps, one thread, processor seconds of the loop over days")
    print(table(rows))
    if given.json is not None:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if any("ratio" in row for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
