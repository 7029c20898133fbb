"""Where the portal keeps its files; readable before Django's settings are."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve()
ENVIRONMENT_FILE = DATA_DIR / "settings.env"
