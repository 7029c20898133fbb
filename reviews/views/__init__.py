"""The pages of readers, of people who write a review, and of authors."""

from reviews.views.author import my_review, my_review_confirm, my_review_withdraw
from reviews.views.public import review_list, review_page
from reviews.views.writing import review_new

__all__ = ["my_review", "my_review_confirm", "my_review_withdraw", "review_list", "review_new", "review_page"]
