"""Commands on a database that `migrate` has not prepared yet."""

import pytest

from tests.portal.test_settings import PRODUCTION, manage


@pytest.mark.parametrize("command", ["verify", "backup {}/site.zip"])
def test_before_migrate_a_command_says_what_to_run_first(tmp_path, command):
    result = manage(tmp_path, *command.format(tmp_path).split(), **PRODUCTION)
    assert result.returncode == 1
    assert "The database is not ready for this release. Run manage.py migrate first." in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("*.zip"))
