"""`python -m drawdown`: the same as `drawdown` in a shell."""

import sys

from .cli import main

sys.exit(main())
