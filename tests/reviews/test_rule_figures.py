"""How the rules of the screening do on the site's own decisions, for moderators."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from reviews.fairness.of_rules import rule_figures
from reviews.models import Decision, Figure, Review
from reviews.screening import RULES
from tests.factories import make_published, make_user
from tests.factories_reviews import make_finding, make_moderator, make_review

pytestmark = pytest.mark.django_db

BODY = "Find me on Telegram."


def decide(*, rule="messenger", count=1, refused=False, monograph=None, by=None, **kwargs):
    by = by or make_user()
    for _count in range(count):
        findings = [make_finding(BODY, "Telegram", kind=rule)] * 2 if rule else []
        review = make_review(monograph=monograph, body=BODY, findings=findings)
        if refused:
            decision = review.reject(by=by, reason=Decision.Reason.ADVERTISING, **kwargs)
        else:
            decision = review.approve(by=by, **kwargs)
    return decision


def figures_of(name):
    return next(line for line in rule_figures() if line.name == name)


def test_a_decision_keeps_which_rules_had_fired():
    assert decide().found == ["messenger"]
    assert decide(rule="").found == []


def test_decisions_are_counted_with_and_without_the_rule():
    monograph, by = make_published(), make_user()
    decide(count=2, refused=True, monograph=monograph, by=by)
    decide(count=1, monograph=monograph, by=by)
    decide(rule="phone", count=1, refused=True, monograph=monograph, by=by)
    decide(rule="", count=3, monograph=monograph, by=by)

    line = figures_of("messenger")

    assert (line.fired.rejected, line.fired.approved) == (2, 1)
    assert (line.others.rejected, line.others.approved) == (1, 3)


def test_a_decision_that_is_taken_back_is_counted_no_longer():
    by = make_user()
    decision = decide(refused=True, by=by, undo_for=timedelta(seconds=10))

    decision.retract(by=by)

    assert figures_of("messenger").fired.decided == 0
    call_command("verify")


def test_a_new_wording_is_counted_with_what_was_found_in_it():
    by = make_user()
    review = make_review(body="Nothing to see.")
    review.approve(by=by)
    review.edit(Review(**_written(review, body="My number is 020 7946 0018.")))

    review.reject(by=by, reason=Decision.Reason.PERSONAL_DETAILS)

    assert figures_of("phone").fired.rejected == 1
    call_command("verify")


def _written(review, **changes):
    names = [name for name in review.WRITTEN if name not in ("findings", "screened_as", "text_hash", "submitted_at")]
    return {**{name: getattr(review, name) for name in names}, **changes}


def test_verify_names_a_count_that_disagrees(capsys):
    decide(refused=True)
    Figure.objects.filter(kind=Figure.Kind.CAUGHT).update(count=7)

    with pytest.raises(Exception, match="1 difference"):
        call_command("verify")

    assert "caught “messenger”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("caught", "passed", "refused", "approved", "sentence"),
    [
        (40, 10, 10, 90, "It fires more often on what is refused."),
        (10, 90, 40, 10, "It fires more often on what is approved: it may be a bad rule."),
        (20, 80, 20, 80, "It makes no difference that is seen."),
        (2, 1, 20, 80, "Too few decisions to tell."),
        (0, 0, 0, 0, "Too few decisions to tell."),
    ],
)
def test_what_the_figures_say_is_said_in_words(caught, passed, refused, approved, sentence):
    for kind, name, count in (
        ("wording", "approved", approved + passed),
        ("wording", "advertising", refused + caught),
        ("caught", "phone", caught),
        ("passed", "phone", passed),
    ):
        Figure.objects.create(quarter="2026 Q4", kind=kind, name=name, count=count)

    assert figures_of("phone").judgement == sentence


class TestPage:
    address = "/admin/reviews/decision/rules/"

    def test_nobody_else_may_look(self, client):
        assert client.get(self.address).status_code == 302
        client.force_login(make_user(is_staff=True))
        assert client.get(self.address).status_code == 403

    def test_moderators_see_each_rule_with_its_figures(self, client):
        decide(refused=True)
        client.force_login(make_moderator())

        page = client.get(self.address).content.decode()

        for rule in RULES.values():
            assert str(rule.label) in page
        assert "fewer than 10" in page

    def test_a_rule_that_is_gone_keeps_its_line(self, client):
        Figure.objects.create(quarter="2026 Q4", kind="passed", name="old_rule", count=3)
        client.force_login(make_moderator())

        page = client.get(self.address).content.decode()

        assert "old_rule" in page
        assert "This rule has been removed." in page

    def test_it_costs_the_same_with_many_decisions(self, client, django_assert_num_queries):
        for quarter in range(40):
            Figure.objects.create(quarter=f"20{quarter:02} Q1", kind="caught", name="phone", count=25_000)
        client.force_login(make_moderator())

        # Session, user, three of permissions, and one of the figures.
        with django_assert_num_queries(6):
            client.get(self.address)

    def test_the_log_of_decisions_leads_there(self, client):
        client.force_login(make_moderator())

        assert self.address in client.get(reverse("admin:reviews_decision_changelist")).content.decode()
