"""Inputs that stand parsers on their heads: each is refused with a place, or accepted, within two seconds."""

from __future__ import annotations

import os
import time

import pytest

from hyosan.errors import HyosanError, ScenarioError
from hyosan.scenario.limits import LONGEST_LINE, MOST_BYTES, MOST_KEYS
from hyosan.scenario.load import from_table, load

LONGEST = 2.0
"""Time that a file may take [s]."""

HEAD = b'extends = "well-mixed"\n'


def refused(path, **options):
    """Message of the refusal of a file; fails if it is accepted, slow, or falls over."""
    begun = time.perf_counter()
    with pytest.raises(ScenarioError) as caught:
        load(path, **options)
    assert time.perf_counter() - begun < LONGEST
    message = str(caught.value)
    assert message
    assert "Traceback" not in message
    assert all(len(line) < 1500 for line in message.splitlines())
    return message


def refused_bytes(tmp_path, data):
    """Message of the refusal of a file with these bytes."""
    file = tmp_path / "hostile.toml"
    file.write_bytes(data)
    return refused(file)


@pytest.mark.parametrize("parts", [17, 1000, 2000, 4000, 8000, 20_000])
def test_a_key_of_thousands_of_parts(tmp_path, parts):
    assert ":1:" in refused_bytes(tmp_path, b".".join([b"a"] * parts) + b" = 1\n")


@pytest.mark.parametrize("deep", [33, 500, 1300, 5000])
@pytest.mark.parametrize(("left", "right"), [(b"[", b"]"), (b"{a=", b"}"), (b"[{a=", b"}]")])
def test_deep_nesting(tmp_path, deep, left, right):
    assert ":1:" in refused_bytes(tmp_path, b"a = " + left * deep + b"1" + right * deep)
    assert ":1:" in refused_bytes(tmp_path, b"a = " + left * deep)


def test_nesting_over_many_lines(tmp_path):
    assert "deep" in refused_bytes(tmp_path, b"a = " + b"[\n" * 40 + b"]\n" * 40)


@pytest.mark.parametrize("digits", [20, 400, 4000])
def test_huge_whole_numbers(tmp_path, digits):
    message = refused_bytes(tmp_path, HEAD + b"people = " + b"9" * digits + b"\n")
    assert ":2:1: people: " in message


def test_a_whole_number_beyond_the_limit_of_digits(tmp_path):
    assert ":2:1:" in refused_bytes(tmp_path, HEAD + b"people = " + b"9" * 5001 + b"\n")


@pytest.mark.parametrize("base", [b"0x" + b"f" * 4000, b"0b" + b"1" * 4000, b"0o" + b"7" * 4000])
def test_huge_numbers_in_other_bases(tmp_path, base):
    assert ":2:1: people: " in refused_bytes(tmp_path, HEAD + b"people = " + base + b"\n")


@pytest.mark.parametrize("value", [b"nan", b"-nan", b"inf", b"-inf", b"1e400", b"-1e400", b"1e308", b"5e-324", b"-1"])
@pytest.mark.parametrize("key", [b"people", b"immune_at_start", b"pathogen.reproduction_number", b"duration"])
def test_numbers_that_are_none(tmp_path, key, value):
    assert f":2:1: {key.decode()}" in refused_bytes(tmp_path, HEAD + key + b" = " + value + b"\n")


@pytest.mark.parametrize(
    "data",
    [
        b"a\0 = 1",
        b"\xff\xfea\0=\x001\0",
        b'title = "\xc3"',
        b"\xed\xa0\x80 = 1",
        b'title = "\\ud800"',
        b'title = "\\U00110000"',
        b'title = "\x07"',
        b"title = 'a\rb'",
        b"a = 1\na = 2",
        b"[a]\n[a]",
        b"a.b = 1\n[a]\nb = 2\n[[a]]",
        b"a = [1, 2",
        b'a = "open',
        b"a = '''open",
        b"= 1",
        b"a",
        b"a = 2026-02-30",
        b"a = 25:00:00",
        b"\xef\xbb",
    ],
)
def test_what_is_not_toml(tmp_path, data):
    assert "hostile.toml" in refused_bytes(tmp_path, data)


def test_a_byte_order_mark_is_dropped(tmp_path):
    (tmp_path / "mark.toml").write_bytes(b"\xef\xbb\xbf" + HEAD)
    assert load(tmp_path / "mark.toml").name == "mark"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_how_to_begin(tmp_path, data):
    message = refused_bytes(tmp_path, data)
    assert "is empty" in message
    assert 'extends = "hyosan"' in message


def test_size_keys_and_lines_are_limited(tmp_path):
    assert "256 KB" in refused_bytes(tmp_path, b"#" + b"\n" * MOST_BYTES)
    assert "keys" in refused_bytes(tmp_path, b"".join(b"a%d = 1\n" % n for n in range(MOST_KEYS + 1)))
    assert "bytes long" in refused_bytes(tmp_path, HEAD + b"#" * (LONGEST_LINE + 1))
    assert "bytes long" in refused_bytes(tmp_path, HEAD + "title = '{}'".format("韓" * 1400).encode())
    (tmp_path / "long.toml").write_bytes(HEAD + b"#" * LONGEST_LINE + b"\n" * 200_000)
    assert load(tmp_path / "long.toml").people == 10_000


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"peple%d = 1\n" % n for n in range(9000)),
        b"importations = [\n" + b"{},\n" * 9000 + b"]",
        b"importations = [\n" + b"[],\n" * 9000 + b"]",
        b"layers = [\n" + b"{},\n" * 9000 + b"]",
        b"".join(b"[pathogen.states.s%d]\n" % n for n in range(4000)),
        b"".join(b"pathogen.routes.r%d.home = 1\n" % n for n in range(2000)),
        b"".join(b"x%d.a.b.c.d.e.f.g.h.i.j.k.l.m.n = 1\n" % n for n in range(600)),
        b"".join(b"[x%d.a.b.c.d.e.f.g.h.i.j.k.l.m.n]\n" % n for n in range(600)),
        b"immune_at_start.value = [\n" + (b"1," * 1000 + b"\n") * 19 + b"]",
        b"title = " + b'"' * 4000,
        b'title = """' + b'\\"' * 100_000,
        b"[a]\n" * 60_000,
        b"[[a]]\n" * 40_000,
        b"=\n" * 100_000,
        (b"[" * 30 + b"]" * 30 + b"\n") * 4000,
    ],
)
def test_much_of_it(tmp_path, data):
    message = refused_bytes(tmp_path, HEAD + data)
    assert len(message.splitlines()) <= 101


def test_a_folder_a_missing_file_and_strange_paths(tmp_path):
    assert "folder" in refused(tmp_path)
    assert "no such file" in refused(tmp_path / "missing.toml")
    assert "no such file" in refused("missing/missing.toml")
    assert refused("nul\0byte.toml")
    assert refused("x" * 5000 + ".toml")
    assert refused("\udcff.toml")
    assert refused("")
    assert "Did you mean 'hyosan'" in refused("hyosn")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_devices_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert "pipe" in refused(tmp_path / "pipe.toml")
    for device in ("/dev/zero", "/dev/urandom", "/dev/null", "/dev/stdin"):
        assert refused(device)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path):
    file = tmp_path / "secret.toml"
    file.write_bytes(HEAD)
    file.chmod(0)
    assert "cannot be opened" in refused(file)


def test_extends_cannot_leave_the_catalogue(tmp_path):
    for parent in ("../hyosan", "/etc/passwd", "", "self.toml", "hyosan\0"):
        with pytest.raises(ScenarioError):
            from_table({"extends": parent})
    file = tmp_path / "self.toml"
    file.write_text('extends = "self"\n')
    assert "no such scenario in the catalogue" in refused(file)


class Strange:
    """An object that no scenario can hold."""

    def __repr__(self):
        raise RuntimeError("no text for me")


def strange_tables():
    """Tables that Python can make and no file can."""
    endless = {}
    endless["world"] = endless
    row = []
    row.append(row)
    deep = {"a": 1}
    for _ in range(5000):
        deep = {"a": deep}
    return [
        endless,
        {"layers": row},
        deep,
        {1: 2},
        {None: 1},
        {"title": "\ud800"},
        {"\ud800": 1},
        {"people": 10**5000},
        {"people": object()},
        {"people": {1, 2}},
        {"title": b"bytes"},
        {"people": complex(1, 1)},
        {"duration": float("nan")},
        {"pathogen": {"states": {"x" * 100_000: {}}}},
        {"importations": range(10**9)},
        {},
        [],
        None,
        "hyosan",
        7,
    ]


@pytest.mark.parametrize("number", range(len(strange_tables())))
def test_strange_tables_from_python(number):
    begun = time.perf_counter()
    with pytest.raises(HyosanError):
        from_table(strange_tables()[number])
    assert time.perf_counter() - begun < LONGEST


@pytest.mark.parametrize(
    "changes",
    [
        {"": 1},
        {".": 1},
        {"a..b": 1},
        {"a b": 1},
        {"people\0": 1},
        {"\ud800": 1},
        {7: 1},
        {".".join(["a"] * 17): 1},
        {".".join(["a"] * 20_000): 1},
        {"people": "[" * 5000},
        {"people": "9" * 5001},
        {"people": "1\nlayers = 3"},
        {"people": "\ud800"},
        {"people": Strange()},
        {"layers[0]": 1},
        {"layers[99999999999]": 1},
        {"extends": "hyosan"},
        {"pathogen.extends": "hyosn"},
        {"pathogen": 7},
        {"pathogen": []},
        {"world": "city"},
        {"people.a.b": 1},
        {"schema": 2},
        {"start": "9999-12-31"},
        {"start": "0001-01-01T00:00:00"},
        {"start": "07:30:00"},
        {"start": "2026-03-02T00:00:00Z"},
        {"name": "../../etc"},
    ],
)
def test_strange_changes(changes):
    assert refused("well-mixed", set=changes)


@pytest.mark.parametrize(
    "until",
    ["", "5", "5 dayz", "-1 day", "0 days", "2026-03-02", "2025-01-01", "2026-99-99", "9" * 5000, "\ud800", 7, b"1"],
)
def test_strange_ends(until):
    assert refused("well-mixed", until=until).startswith("--until: ")
