"""A publisher."""

import pytest

from tests.factories import make_user
from tests.monographs.sign_off.acts import PUBLISHER


@pytest.fixture
def publisher():
    return make_user(*PUBLISHER, first_name="Grace", email="grace@example.org")
