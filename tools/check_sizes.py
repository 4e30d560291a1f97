"""Hold the rules of the house that a machine can hold: short files, short functions, no forbidden file names."""

import ast
import sys
from pathlib import Path

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
FORBIDDEN = {"utils", "util", "helpers", "common", "manager", "base", "misc"}

FOLDERS = ("src", "tests", "tools", "benchmarks", "verification")
ROOT = Path(__file__).parent.parent


def findings(path: Path) -> list[str]:
    """What is wrong with one file."""
    text = path.read_text()
    name = path.relative_to(ROOT)
    found = []
    lines = text.count("\n")
    if lines > MOST_LINES:
        found.append(f"{name}: {lines} lines; {MOST_LINES} at most. Split it by noun.")
    if path.stem in FORBIDDEN:
        found.append(f"{name}: names nothing. Name the noun or the phenomenon.")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            # A kernel's arguments stand one a line, and are no part of what has to be understood.
            body = length - (node.body[0].lineno - node.lineno)
            if body > MOST_FUNCTION_LINES:
                found.append(f"{name}:{node.lineno}: {node.name} has {body} lines; {MOST_FUNCTION_LINES} at most.")
    return found


def main() -> int:
    """Print everything that is wrong; 1 if there is anything."""
    found = [line for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) for line in findings(path)]
    print("\n".join(found) if found else "sizes: fine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
