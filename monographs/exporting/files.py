"""Files that are there as a whole or not at all."""

import os
from contextlib import suppress


def write_whole(path, content):
    """Write bytes to a file under a passing name beside it, and give it its own name when all of them are on disk."""
    passing = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with passing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except BaseException:
        with suppress(OSError):
            passing.unlink()
        raise
