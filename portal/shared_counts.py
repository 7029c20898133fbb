"""Where the workers of one server count together; prometheus_client must find that set when it is imported."""

import os
import shutil

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def share_between_workers(parent):
    """Let the workers of this server, children of one process, count in one folder; remove those of ended servers."""
    folder = parent / str(os.getppid())
    folder.mkdir(parents=True, exist_ok=True)
    for other in parent.iterdir():
        if other.name.isdecimal() and not _is_alive(int(other.name)):
            shutil.rmtree(other, ignore_errors=True)
    os.environ[FOLDER] = str(folder)


def _is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
