"""An editor and a publisher."""

import pytest

from tests.factories import make_user
from tests.monographs.admin.form import EDITOR, PUBLISHER


@pytest.fixture
def editor(client):
    client.force_login(user := make_user(*EDITOR))
    return user


@pytest.fixture
def publisher(client):
    client.force_login(user := make_user(*PUBLISHER))
    return user
