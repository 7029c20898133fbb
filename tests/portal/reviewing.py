"""What reviewers and a moderator do at random, while others look at what is public."""

from tests.factories import make_user
from tests.factories_reviews import make_review


class Reviewing:
    """The reviews of a monograph that wait and those that are public; each title begins with `title`."""

    def __init__(self, chance, monograph, title):
        self.chance, self.monograph, self.title = chance, monograph, title
        self.moderator = make_user()
        self.pending, self.public = [], []

    def write(self):
        title = f"{self.title}{self.chance.random()}"
        self.pending.append(make_review(monograph=self.monograph, title=title))

    def decide(self):
        if self.pending:
            review = self.pending.pop()
            if self.chance.random() < 0.7:
                review.approve(by=self.moderator)
                self.public.append(review)
            else:
                review.reject(by=self.moderator, reason="abusive")

    def withdraw(self):
        if self.public:
            self.public.pop(self.chance.randrange(len(self.public))).withdraw()
