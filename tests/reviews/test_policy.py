import pytest

from reviews.models import Decision

pytestmark = pytest.mark.django_db


def text_of(client):
    return " ".join(client.get("/reviews/policy/").content.decode().split())


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("REVIEWS_OPEN", True, "Anybody who took the medicine"),
        ("REVIEWS_OPEN", False, "Reviews are closed at the moment"),
        ("REVIEWS_CONFIRM_EMAIL", True, "An e-mail address is needed."),
        ("REVIEWS_CONFIRM_EMAIL", False, "An e-mail address is optional."),
        ("REVIEWS_MINIMUM_FOR_AVERAGE", 7, "An average is shown from 7 reviews on"),
        ("REVIEWS_MINIMUM_FOR_AVERAGE", 1, "An average is shown from 1 review on"),
        ("REVIEWS_PER_HOUR", 3, "One network can send 3 reviews in an hour."),
        ("APPEAL_DAYS", 9, "An author can appeal within 9 days of a refusal"),
        ("ADDRESS_RETENTION_DAYS", 12, "The code is erased after 12 days."),
        ("ADDRESS_RETENTION_DAYS", 12, "The e-mail address of a withdrawn review is erased 12 days later."),
    ],
)
def test_the_policy_is_written_from_the_settings_in_force(client, settings, name, value, sentence):
    setattr(settings, name, value)
    assert sentence in text_of(client)


def test_every_reason_for_refusal_is_named_with_its_rule(client):
    page = text_of(client)
    for reason in Decision.Reason:
        assert str(reason.label) in page
        assert str(reason.rule) in page


def test_the_policy_sets_no_cookie_asks_nothing_of_the_database_and_varies_by_nothing(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/reviews/policy/")
    assert not response.cookies
    assert not response.has_header("Vary")
