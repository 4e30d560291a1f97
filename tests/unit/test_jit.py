"""Ranges of rows, threads, and a kernel cache that never ignores an edited rule."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyosan
from hyosan.jit import Threads, cache_folder, kernel, part, ranges, routine, rule

PACKAGE = Path(hyosan.__file__).parent


@given(st.integers(0, 10_000), st.integers(1, 200))
def test_ranges_cover_all_rows_once_and_evenly(count, pieces):
    cuts = ranges(count, pieces)
    assert [row for first, last in cuts for row in range(first, last)] == list(range(count))
    lengths = [last - first for first, last in cuts]
    assert max(lengths) - min(lengths) <= 1
    assert len(cuts) <= pieces


@pytest.mark.parametrize("threads", [1, 2, 9])
def test_every_range_is_worked_on_once_before_each_returns(threads):
    seen = []

    def called(piece, first, last):
        seen.append((piece, first, last))

    pool = Threads(threads)
    try:
        pool.each(called, ranges(100, 7))
        assert sorted(seen) == [(piece, *cut) for piece, cut in enumerate(ranges(100, 7))]
        pool.each(called, [])
        assert len(seen) == 7
    finally:
        pool.close()


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_of_one_range_is_raised(threads):
    def fails(piece, first, last):
        if piece == 1:
            raise ZeroDivisionError

    pool = Threads(threads)
    try:
        with pytest.raises(ZeroDivisionError):
            pool.each(fails, ranges(100, 7))
    finally:
        pool.close()


@rule
def squared(number):
    return number * number


@part
def add_squares(first, last, total):
    for number in range(first, last):
        total[0] += squared(number)


@routine
def add_squares_twice(first, last, total):
    add_squares(first, last, total)
    add_squares(first, last, total)


@kernel
def squares(first, last, total):
    add_squares_twice(first, last, total)
    return squared(total[0])


def test_a_part_is_the_same_in_a_kernel_called_by_python_and_interpreted():
    results = []
    for function in (squares, squares.py_func):
        total = np.zeros(1, np.int64)
        results.append((function(1, 5, total), int(total[0])))
    total = np.zeros(1, np.int64)
    add_squares_twice(1, 5, total)
    results.append((squared(total[0]), int(total[0])))
    assert results == [(3600, 60)] * 3


def test_a_part_that_only_kernels_call_is_not_made_executable():
    squares(0, 1, np.zeros(1, np.int64))
    compiled = list(add_squares.overloads.values())
    assert len(compiled) == 1
    assert not compiled[0].library._codegen._engine.is_symbol_defined(compiled[0].fndesc.mangled_name)


@kernel
def squares_of_constants(total):
    add_squares(0, 2, total)
    add_squares(5, 6, total)


def test_a_part_is_not_compiled_for_each_constant_that_it_is_called_with():
    before = len(add_squares.overloads)
    squares_of_constants(np.zeros(1, np.int32))
    assert len(add_squares.overloads) == before + 1


@part
def is_less(one, other):
    return one < other


@kernel
def signs_mixed(total):
    return is_less(total[0], np.uint64(5))


@kernel
def is_first_less(total):
    return total[0] < np.uint64(5)


def test_a_part_or_kernel_in_which_signed_and_unsigned_meet_is_refused():
    """Numba compares such a pair as floats."""
    with pytest.raises(TypeError, match="is_less computes with floats"):
        signs_mixed(np.zeros(1, np.int64))
    with pytest.raises(TypeError, match="is_less computes with floats"):
        is_less(-1, np.uint64(5))
    with pytest.raises(TypeError, match="is_first_less computes with floats"):
        is_first_less(np.zeros(1, np.int64))


SCRIPT = """
from hyosan.jit import cache_folder, compilations_told_to
heard = []
with compilations_told_to(heard.append):
    import numpy as np
    from hyosan.engine.city.protect import protect
    age = np.zeros(64, np.uint8)
    state, vaccinated = np.zeros(64, np.uint8), np.zeros(64, np.uint8)
    share = np.full(101, 1 << 29, np.int64)
    protect(0, 64, np.int64(1), age, share, np.zeros(101, np.int64), 0, False, state, vaccinated)
print(int(state.sum()), "protect" in heard, cache_folder())
"""


def _run(source, cache):
    environment = {**os.environ, "PYTHONPATH": str(source), "HYOSAN_CACHE": str(cache)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)
    immune, compiled, folder = done.stdout.split()
    return int(immune), compiled == "True", folder


def test_an_edited_rule_in_another_file_is_never_ignored(tmp_path):
    """The kernel `protect` uses the rule `happens` of another file: Numba's own cache would miss the edit."""
    source = tmp_path / "src"
    shutil.copytree(PACKAGE, source / "hyosan", ignore=shutil.ignore_patterns("__pycache__"))
    first, compiled, folder = _run(source, tmp_path / "cache")
    assert compiled
    assert 10 < first < 54
    again, compiled_again, same_folder = _run(source, tmp_path / "cache")
    assert (again, compiled_again, same_folder) == (first, False, folder)

    rules = source / "hyosan" / "rules" / "random.py"
    text = rules.read_text()
    assert text.count("return np.int64(word >> 2) < chance") == 1
    rules.write_text(text.replace("return np.int64(word >> 2) < chance", "return (word >> 2) >= chance"))
    edited, compiled_anew, other_folder = _run(source, tmp_path / "cache")
    assert edited == 64, "turned round, the rule lets every protection happen"
    assert compiled_anew
    assert other_folder != folder


def test_kernels_that_ask_for_bounds_are_kept_apart(monkeypatch):
    """Else a full cache would give kernels that do not ask, or leave slow ones behind."""
    folders = []
    for setting in (None, 0, 1):
        monkeypatch.setattr(numba.config, "BOUNDSCHECK", setting)
        folders.append(cache_folder.__wrapped__())
    assert folders[0] == folders[1] != folders[2]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_read_only_package_folder_works(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(PACKAGE, source / "hyosan", ignore=shutil.ignore_patterns("__pycache__"))
    folders = [source / "hyosan", *(path for path in (source / "hyosan").rglob("*") if path.is_dir())]
    try:
        for folder in folders:
            folder.chmod(0o555)
        assert _run(source, tmp_path / "cache")[1]
        assert not list(source.rglob("__pycache__")) or os.geteuid() == 0
    finally:
        for folder in folders:
            folder.chmod(0o755)
