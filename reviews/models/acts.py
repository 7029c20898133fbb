"""What can be done with a review: each act says here what it does, and does it in the module named after it."""


class Acts:
    """The verbs of Review, for everybody who calls them."""

    def approve(self, *, by, message="", **circumstances):
        """Answer what the review's card asks with yes, and return the Decision: the wording that waits becomes public,
        a review that readers reported is kept, or an appeal succeeds.

        `circumstances` are `seen`, the review's revision that `by` looked at; `was_blind`, whether the stars were
        hidden; and `undo_for`, how long `by` may take it back, after which the author is told. Raises AlreadyDecided,
        Changed, OwnReview, Appeal.SamePerson or another WrongState.
        """
        from reviews.deciding import approve

        return approve(self, by=by, message=message, **circumstances)

    def reject(self, *, by, reason, message="", marks=(), **circumstances):
        """Answer it with no, for a Decision.Reason, and return the Decision; an empty message becomes the reason's.

        `marks` are the passages that broke the rule, as {where, start, end}. Raises ValueError for an unknown reason,
        and what `approve` raises.
        """
        from reviews.deciding import reject

        return reject(self, by=by, reason=reason, message=message, marks=marks, **circumstances)

    def edit(self, text, *, stays_public=True, newest=None):
        """Give the review a new wording, taken from `text`, an unsaved Review; a moderator decides on it.

        An approved wording stays public until then, unless `stays_public` is false. `newest` is the number of the
        newest wording that the author had seen. Raises EditedMeanwhile when there is a newer one, and WrongState for
        a review that is withdrawn, or refused for a reason that cannot be mended.
        """
        from reviews.authoring import edit

        edit(self, text, stays_public=stays_public, newest=newest)

    def appeal(self, text):
        """Object to the last refusal and return the Appeal. Raises Appeal.NotPossible, and ValueError without text."""
        from reviews.appealing import appeal

        return appeal(self, text)

    def flag(self, *, reason, note="", email="", address=""):
        """Report an approved review to the moderators and return the Flag; the same network again returns its first.

        Raises WrongState for a review that is not public, ValueError for an unknown reason, and TooMany.
        """
        from reviews.flagging import flag

        return flag(self, reason=reason, note=note, email=email, address=address)

    def reply(self, *, by, text, name, role):
        """Answer the review in public, under a name and a role, and return the Reply.

        Raises WrongState for a review that is not public.
        """
        from reviews.replying import reply

        return reply(self, by=by, text=text, name=name, role=role)

    def vote(self, *, address):
        """Note that somebody at a network address found the review helpful; return whether that is new.

        Raises WrongState for a review that is not public.
        """
        from reviews.voting import vote

        return vote(self, address=address)

    def take_vote_back(self, *, address):
        """Take the vote of a network back; return whether there was one."""
        from reviews.voting import take_vote_back

        return take_vote_back(self, address=address)

    def withdraw(self):
        """Take the review back, as its author asks. Raises WrongState for one that is refused or withdrawn."""
        from reviews.authoring import withdraw

        withdraw(self)

    def confirm(self):
        """Put a review whose author has followed the link into the queue. Raises WrongState for any other."""
        from reviews.authoring import confirm

        confirm(self)

    def erase(self):
        """Take the review back and empty everything that its author gave, as they ask; the decisions keep their
        verdict, reason and times, for the figures. The author's link opens nothing any more. In any state.
        """
        from reviews.erasing import erase

        erase(self)

    def renew_link(self):
        """Replace the author's link by another; the former one opens nothing any more."""
        from reviews.authoring import renew_link

        renew_link(self)
