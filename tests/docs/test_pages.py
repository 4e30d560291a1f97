"""The pages say what is true: commands, links, examples and references."""

import re
import sys
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from hyosan.scenario.load import load

ROOT = Path(__file__).parent.parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "verification" / "README.md"]

sys.path.insert(0, str(ROOT / "tools"))
import write_reference  # noqa: E402


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize(
    "page", ["README.md", "docs/start.md", "docs/how-to/indicators.md", "docs/how-to/floorplans.md"]
)
def test_the_python_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = Sybil([PythonCodeBlockParser()]).parse(ROOT / page)
    examples = list(document.examples())
    assert examples
    for example in examples:
        example.evaluate()


@pytest.mark.parametrize("name", write_reference.PAGES)
def test_a_reference_page_is_current(name):
    """`python tools/write_reference.py` writes them."""
    assert (ROOT / "docs" / "reference" / name).read_text() == write_reference.PAGES[name]()


def test_every_key_has_a_meaning():
    for _, section in write_reference.SECTIONS + write_reference.PLAN_SECTIONS:
        missing = [name for name, field in section.model_fields.items() if not field.description]
        assert not missing, f"{section.__name__}: {missing}"


def test_the_continuous_check_uses_the_command_of_the_readme():
    command = re.search(r"^pip install -e '\.\[dev\]'.* && pytest$", (ROOT / "README.md").read_text(), re.M)
    assert command
    install = command[0].removesuffix(" && pytest")
    assert install in (ROOT / ".ci" / "run").read_text()


def test_no_file_names_a_place_of_this_machine():
    """Neither the folder of this checkout nor the home of whoever works here."""
    places = [f"{place}/" for place in (ROOT, Path.home()) if len(place.parts) > 1]
    for folder in ("src", "docs", "tools", "tests", "benchmarks", "verification", "changelog"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".toml", ".csv", ".txt", ".json"}:
                text = path.read_text()
                assert not [place for place in places if place in text], path


@pytest.mark.parametrize("page", ["docs/start.md", "docs/how-to/interventions.md"])
def test_the_scenarios_of_a_page_are_accepted(page, tmp_path):
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text(), re.S)
    whole = [block for block in blocks if block.startswith("schema = 1")]
    assert len(whole) >= 2
    for block in [*whole, *(whole[0] + "\n" + block for block in blocks if block not in whole)]:
        file = tmp_path / "page.toml"
        file.write_text(block)
        load(file)
