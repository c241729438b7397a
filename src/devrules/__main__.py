"""``python -m devrules``."""

import sys

from devrules.cli import main

if __name__ == "__main__":
    sys.exit(main())
