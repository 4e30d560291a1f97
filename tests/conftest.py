"""Where the tests find data and keep compiled kernels."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

sys.path.insert(0, str(Path(__file__).parent))  # so that tests can say `from chance import …`

collect_ignore_glob = [
    *("*/outbreaks.py", "*/made_*.py", "made_*.py"),
    *("parity/interpreted.py", "golden/rewrite.py"),
]
collect_ignore = ["chance.py", "breadth.py", "scribbles.py"]
"""Modules that tests import, and nothing to collect doctests from."""

settings.register_profile("hyosan", deadline=None, derandomize=True)
settings.load_profile("hyosan")

if "HYOSAN_DATA" not in os.environ and SHARED.is_dir():
    os.environ["HYOSAN_DATA"] = str(SHARED)


@pytest.fixture
def data():
    """A file of the data folder by its name there; the test is skipped, naming the file, where it is missing."""

    def find(name):
        folder = os.environ.get("HYOSAN_DATA")
        if folder is None or not (Path(folder) / name).is_file():
            pytest.skip(f"needs {name} in the folder that HYOSAN_DATA names")
        return Path(folder) / name

    return find


@pytest.fixture
def hyosan(tmp_path, monkeypatch):
    """Calls a command in an empty folder."""
    from typer.testing import CliRunner

    from hyosan.views.commands import app

    monkeypatch.chdir(tmp_path)

    def call(*args, code=0):
        result = CliRunner().invoke(app, [str(arg) for arg in args])
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return call
