"""What the mutation run adds to pytest: it is not part of every run, ``tox -e mutation`` asks for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# As with the other generators beside tests: --import-mode=importlib would not find the modules.
sys.path.insert(0, str(Path(__file__).parents[1]))

collect_ignore = [] if os.environ.get("DEVRULES_MUTATION") == "1" else ["test_mutation.py"]
