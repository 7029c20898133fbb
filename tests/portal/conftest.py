import pytest

from tests.serving import Server


@pytest.fixture(scope="session")
def ready_site(tmp_path_factory):
    """A site on SQLite that quickstart has set up once, to be copied and not to be changed."""
    site = Server(tmp_path_factory.mktemp("ready") / "data")
    site.set_up()
    return site
