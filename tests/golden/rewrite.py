"""Rewrite the golden digests. Say in the changelog why they changed."""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

    from golden.outbreaks import FILE, digests

    FILE.write_text(json.dumps(digests(), indent=1) + "\n")
