"""How many generated cases a test tries: some in each run, all of them when asked for.

HYOSAN_TESTS=wide pytest tests/property tests/unit
"""

import os

WIDE = os.environ.get("HYOSAN_TESTS") == "wide"


def some(count):
    """Of so many cases two in five, or all in a wide run."""
    return count if WIDE else max(1, 2 * count // 5)
