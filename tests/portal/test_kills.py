"""Nothing acknowledged is lost when the server is killed. tests/bench/kills.py does the same 200 times."""

import os

import pytest

from tests.killing import kill_repeatedly, lost
from tests.serving import Server, database_of_its_own


@pytest.mark.long
@pytest.mark.every_database
def test_what_was_acknowledged_is_there_after_the_server_was_killed(tmp_path, request):
    with database_of_its_own(os.environ.get("TEST_DATABASE_URL")) as database:
        server = Server(tmp_path, REVIEWS_PER_HOUR="1000000", **database)
        try:
            if database:
                server.set_up()
            else:
                server.copy(request.getfixturevalue("ready_site"))
            people = kill_repeatedly(server, kills=2)
        finally:
            server.kill()
        assert len(people.written) > 3
        assert people.decided
        assert lost(server, people) == []
        assert server.manage("verify") == "Everything agrees.\n"
