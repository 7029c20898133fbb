"""The pages of readers, of people who write a review, and of authors."""

from reviews.views.author import (
    my_review,
    my_review_appeal,
    my_review_confirm,
    my_review_data,
    my_review_erase,
    my_review_erased,
    my_review_renew,
    my_review_withdraw,
)
from reviews.views.author_edit import my_review_edit
from reviews.views.author_links import my_links, my_links_sent
from reviews.views.checked import my_review_check, review_check
from reviews.views.fairness import fairness, fairness_csv
from reviews.views.policy import policy
from reviews.views.public import review_list, review_page
from reviews.views.reacting import review_helpful, review_report, review_report_thanks
from reviews.views.writing import review_new

__all__ = [
    "fairness",
    "fairness_csv",
    "my_links",
    "my_links_sent",
    "my_review",
    "my_review_appeal",
    "my_review_check",
    "my_review_confirm",
    "my_review_data",
    "my_review_edit",
    "my_review_erase",
    "my_review_erased",
    "my_review_renew",
    "my_review_withdraw",
    "policy",
    "review_check",
    "review_helpful",
    "review_list",
    "review_new",
    "review_page",
    "review_report",
    "review_report_thanks",
]
