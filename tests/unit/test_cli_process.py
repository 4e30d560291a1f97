"""What can only be seen from outside: imports, streams that fail, signals."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hyosan.records.run import opened

COMMAND = (sys.executable, "-m", "hyosan.views.cli")
SMALL = (*COMMAND, "run", "well-mixed", "--set", "people=200")
ENDEMIC = """
extends = "well-mixed"
name = "endemic"
people = 4000
infected_at_start = 50
duration = "50 years"
end_when_over = false
[pathogen]
name = "returning"
reproduction_number = { value = 100, source = "assumed: most meet the immune, so tables stay short" }
[pathogen.routes.air]
community = 1.0
source = "assumed: only its shape counts"
[pathogen.states.infectious]
infectiousness = 1
dwell = { distribution = "exponential", mean = "3 days", source = "assumed: short" }
next = [{ to = "recovered" }]
source = "assumed: one infectious state"
[pathogen.states.recovered]
dwell = { distribution = "exponential", mean = "20 days", source = "assumed: short" }
next = [{ to = "susceptible" }]
source = "assumed: immunity wanes"
"""
"""An outbreak that goes on for ever, so that a run of it can be interrupted at leisure."""


def hear_ctrl_c():
    """In a child before it begins: a shell that runs the tests in the background has its children ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def call(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=100, **options)


@pytest.mark.parametrize("what", ["import hyosan", "import hyosan; hyosan.load('well-mixed')", "--help", "scenarios"])
def test_numba_is_imported_only_when_it_is_needed(what):
    if what.startswith("import"):
        code = what
    else:
        code = (
            f"import sys; sys.argv = ['hyosan', {what!r}]\nfrom hyosan.views.cli import main\n"
            "try: main()\nexcept SystemExit: pass"
        )
    heavy = ("numba", "llvmlite", "matplotlib", "duckdb", "scipy", "pandas")
    result = call(sys.executable, "-c", f"{code}\nimport sys\nprint([m for m in {heavy} if m in sys.modules])")
    assert result.stdout.splitlines()[-1] == "[]", result


def test_import_is_quick():
    code = "import time; t = time.perf_counter(); import hyosan; print(time.perf_counter() - t)"
    assert min(float(call(sys.executable, "-c", code).stdout) for _ in range(3)) < 0.3


def test_output_that_nobody_reads(tmp_path):
    for command in (SMALL, (*SMALL, "--json")):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
            process.stdout.close()
            said = process.stderr.read().decode()
        assert process.returncode == 1
        assert "closed before everything was written" in said
        assert "Traceback" not in said
        assert "Exception ignored" not in said


def test_output_onto_a_full_disk(tmp_path):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(SMALL, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, timeout=60)
    assert result.returncode == 3
    assert result.stderr.splitlines()[-1] == "standard output: no room on the disk. Free some space and ask again."
    assert opened(tmp_path / "runs" / "well-mixed-1").manifest["finished"]


def test_no_streams_at_all(tmp_path):
    command = " ".join(f'"{part}"' for part in (*SMALL, "--out", "a"))
    assert subprocess.run(f"{command} >&- 2>&- <&-", shell=True, cwd=tmp_path, timeout=60).returncode == 0
    assert opened(tmp_path / "a").manifest["finished"]


def test_a_run_that_does_not_fit_on_the_disk(tmp_path):
    assert call(*SMALL, cwd=tmp_path).returncode == 0  # now kernels are compiled and their cache is not written

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    result = call(*SMALL, "--out", "a", cwd=tmp_path, preexec_fn=small_files)
    assert result.returncode == 3, result.stderr
    assert "no room on the disk" in result.stderr
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "args", [("run", "x"), ("run", "--set", "x=1"), ("show", "x"), ("check", "x"), ("x",), ("--x",)]
)
def test_arguments_that_are_no_text(args, tmp_path):
    broken = [os.fsencode(arg).replace(b"x", b"\xff\xfe") for arg in args]
    result = call(*COMMAND, *broken, cwd=tmp_path)
    assert result.returncode in (1, 2)
    assert result.stderr
    assert "Traceback" not in result.stderr


def interrupted(tmp_path, number, wait):
    """(Exit code, standard output, standard error) of a run that was sent a signal."""
    (tmp_path / "endemic.toml").write_text(ENDEMIC)
    command = (*COMMAND, "run", "endemic.toml", "--out", "a", "--json")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, preexec_fn=hear_ctrl_c
    )
    time.sleep(wait)
    process.send_signal(number)
    out, err = process.communicate(timeout=100)
    if process.returncode != -signal.SIGINT:  # else Python itself had not begun
        assert "Traceback" not in err
        assert "Exception ignored" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_says_so(tmp_path, number):
    call(*SMALL, cwd=tmp_path)
    code, out, err = interrupted(tmp_path, number, 4)
    assert code == 130
    assert "a holds what had happened by then and says so" in err
    run = opened(tmp_path / "a")
    assert run.manifest["status"] == "interrupted"
    assert not run.manifest["finished"]
    record = json.loads(out)
    assert record["status"] == "interrupted"
    infections = run.table("infections")
    assert infections.num_rows >= record["infected"]
    assert all(time < run.manifest["simulated_s"] for time in infections["time_s"].to_pylist())
    for rows in run.query("select sum(count) as people from counts group by time_s").to_pylist():
        assert rows["people"] == record["people"] == 4000
    if number == signal.SIGINT:
        assert call(*COMMAND, "show", "a", "--plot", "a.png", cwd=tmp_path).returncode == 0


def test_ctrl_c_at_any_moment_leaves_a_run_or_nothing(tmp_path):
    for place, wait in enumerate((0.02, 0.1, 0.2, 0.4, 0.6, 1.0, 1.2, 1.6)):
        folder = tmp_path / str(place)
        folder.mkdir()
        code, _, err = interrupted(folder, signal.SIGINT, wait)
        if code == -signal.SIGINT:
            assert wait < 0.5
            continue
        assert code == 130, err
        if err:  # nothing while arguments are being read
            assert err.splitlines()[-1].startswith("Interrupted.")
        if (folder / "a").exists():
            assert opened(folder / "a").manifest["status"] == "interrupted"


SWALLOWED = """
import threading, time
from hyosan.views.cli import lose_no_interrupt
lose_no_interrupt(threading.Event())
class Gone:
    def __del__(self):
        raise KeyboardInterrupt
try:
    Gone()
    time.sleep(20)
except KeyboardInterrupt:
    print("heard")
class Broken:
    def __del__(self):
        raise ValueError("this one is told")
Broken()
"""


def test_ctrl_c_is_heard_where_python_swallows_it():
    begun = time.monotonic()
    said = call(sys.executable, "-c", SWALLOWED, preexec_fn=hear_ctrl_c)
    assert time.monotonic() - begun < 15, "what the main thread waits for is ended"
    assert said.stdout == "heard\n"
    assert "KeyboardInterrupt" not in said.stderr
    assert "this one is told" in said.stderr


def test_a_run_that_is_killed_is_no_run(tmp_path):
    code, _, _ = interrupted(tmp_path, signal.SIGKILL, 2)
    assert code == -signal.SIGKILL
    result = call(*COMMAND, "show", "a", cwd=tmp_path)
    assert result.returncode == 1
    assert "killed before it was written" in result.stderr


def test_a_query_can_be_interrupted(tmp_path):
    call(*SMALL, "--out", "a", cwd=tmp_path)
    people = ", ".join(f"people p{i}" for i in range(6))
    sql = f"select sum(p0.person * p1.person % 7 + p2.person * p3.person % 5 + p4.person * p5.person % 3) from {people}"
    process = subprocess.Popen(
        (*COMMAND, "query", "a", sql), stderr=subprocess.PIPE, text=True, cwd=tmp_path, preexec_fn=hear_ctrl_c
    )
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    try:
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, "Interrupted.\n")
