import pytest
from django.contrib.auth.models import Group

from portal.groups import GROUPS, create_groups

pytestmark = pytest.mark.django_db


def test_each_group_gets_every_permission_that_is_named_for_it():
    create_groups()
    for name, permissions in GROUPS.items():
        assert Group.objects.get(name=name).permissions.count() == len(permissions)


def test_a_group_that_exists_keeps_what_its_operator_gave_it():
    create_groups()
    Group.objects.get(name="Editors").permissions.clear()
    create_groups()
    assert Group.objects.get(name="Editors").permissions.count() == 0


def test_only_publishers_may_publish_and_only_moderators_may_decide():
    assert [name for name, permissions in GROUPS.items() if "monographs.publish_monograph" in permissions] == [
        "Publishers"
    ]
    assert [name for name, permissions in GROUPS.items() if "reviews.moderate_review" in permissions] == ["Moderators"]
