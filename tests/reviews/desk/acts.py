"""The addresses of the desk, and what a moderator sends there."""

import html

DESK = "/admin/reviews/desk/"


def page_of(response):
    return html.unescape(response.content.decode())


def at(review, verb=""):
    return f"{DESK}{review.pk}/{verb and f'{verb}/'}"


def approve(client, review, *, follow=False, **answers):
    return client.post(at(review, "approve"), {"yes-seen": review.revision, **answers}, follow=follow)


def reject(client, review, *, follow=False, **answers):
    data = {"no-seen": review.revision, "no-reason": "abusive", "no-message": "", **answers}
    return client.post(at(review, "reject"), data, follow=follow)
