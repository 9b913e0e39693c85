"""Tests run offline and leave nothing behind: every database lives in a temporary folder."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

for name in [name for name in os.environ if name.startswith("ADOPTION_")]:
    del os.environ[name]
