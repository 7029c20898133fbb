"""Readers and a moderator go on while their server is killed again and again; they keep what it acknowledged."""

import http.client
import json
import random
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories_reviews import ANSWERS
from tests.going_on import GoingOn

FORM = "/monographs/ketamine/reviews/new/"
OLD_ENOUGH = 3.5
"""Seconds that a form must have been open."""


class Person:
    """Somebody with a browser that tries again when nothing answers."""

    def __init__(self, people):
        self.people = people
        self.cookies = SimpleCookie()

    def ask(self, method, path, **data):
        """Return (status, location, text), or None when the connection broke: then nothing was acknowledged."""
        headers = {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())}
        body = urlencode(data) if data else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.people.server.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.people.broken += 1
            time.sleep(0.05)
            return None
        finally:
            connection.close()
        self.people.answers += 1
        for header in response.headers.get_all("Set-Cookie", ()):
            self.cookies.load(header)
        assert response.status < 500, f"{method} {path}: {response.status}"
        return response.status, response.headers.get("Location"), text


class Reader(Person):
    """Opens forms, and sends each when it has been open long enough."""

    def __init__(self, people):
        super().__init__(people)
        self.forms = []

    def act(self):
        answer = self.ask("GET", FORM)
        if answer is None:
            # Nobody is there: forms that were sent now would all be used up when somebody is again.
            return
        if len(self.forms) < 20:
            self.forms.append((re.search(r'name="opened" value="([^"]+)"', answer[2])[1], time.time()))
        if self.forms and time.time() - self.forms[0][1] > OLD_ENOUGH:
            self._send()

    def _send(self):
        opened, _time = self.forms[0]
        title = f"Title {uuid4().hex}"
        # Too few words for a near copy of another review, which would be asked about first.
        words = {"title": title, "body": f"It helped me a lot. {title}"}
        answers = {**ANSWERS, **words, "rating": str(random.randint(1, 5)), "opened": opened}
        # Whether it arrived or not, the form is used up: sending it again could not tell the two apart.
        self.forms.pop(0)
        answer = self.ask("POST", FORM, **answers)
        if answer is None:
            return
        status, location, _text = answer
        assert status == 303, answer
        page = self.ask("GET", location)
        if page and page[0] == 200 and title in page[2]:
            self.people.acknowledge_review(location, title)


class Moderator(Person):
    """Decides what was acknowledged."""

    def act(self):
        if "session" not in self.cookies:
            self._log_in()
            return
        if not self.people.to_decide:
            time.sleep(0.02)
            return
        number = self.people.to_decide.pop()
        page = self.ask("GET", f"/admin/reviews/desk/{number}/")
        if page is None:
            # Nobody is there, and nothing was decided.
            self.people.to_decide.append(number)
            return
        seen = re.search(r'name="yes-seen" value="(\d+)"', page[2])
        if not seen:
            return
        token = self.cookies["csrf"].value
        verdict = random.choice(["approved", "rejected"])
        if verdict == "approved":
            act, answers = "approve", {"yes-seen": seen[1]}
        else:
            act, answers = "reject", {"no-seen": seen[1], "no-reason": "copied", "no-message": ""}
        answer = self.ask("POST", f"/admin/reviews/desk/{number}/{act}/", csrfmiddlewaretoken=token, **answers)
        if answer and answer[0] == 302 and "undo=" in answer[1]:
            self.people.decided[number] = verdict

    def _log_in(self):
        if self.ask("GET", "/admin/login/"):
            token = self.cookies["csrf"].value
            credentials = {"username": "admin", "password": self.people.server.password, "next": "/admin/"}
            self.ask("POST", "/admin/login/", csrfmiddlewaretoken=token, **credentials)


class People(GoingOn):
    """Everybody, and what the server has told them. `written` is {review number: title}."""

    def __init__(self, server, *, readers=2):
        self.server = server
        self.written, self.decided, self.to_decide = {}, {}, []
        self.answers = self.broken = 0
        people = [*(Reader(self) for _ in range(readers)), Moderator(self)]
        super().__init__(*(person.act for person in people))

    def acknowledge_review(self, location, title):
        number = int(re.search(r"/mine/(\d+)\.", location)[1])
        self.written[number] = title
        self.to_decide.append(number)


def kill_repeatedly(server, kills, *, seed=0, tell=lambda text: None):
    """Kill the server of a site at random moments while people write, and return the People.

    Between two kills people get at least a few answers, so that each kill comes in the middle of something.
    """
    chance = random.Random(seed)
    server.start()
    with People(server) as people:
        people.wait_for(lambda: len(people.written) >= 2)
        for number in range(kills):
            enough = people.answers + chance.randint(3, 12)
            people.wait_for(lambda enough=enough: people.answers >= enough)
            time.sleep(chance.uniform(0, 0.05))
            server.kill()
            server.restart()
            tell(f"{number + 1} kills, {len(people.written)} reviews and {len(people.decided)} decisions acknowledged")
        enough = len(people.decided) + 1
        people.wait_for(lambda: len(people.decided) >= enough)
    server.stop()
    return people


LOST = """
import json, sys
from reviews.models import Decision, Review
rows = {r.pk: [r.title, r.status, r.decisions.count()] for r in Review.objects.all()}
print(json.dumps(rows))
"""


def lost(server, people):
    """Return a sentence for each thing that was acknowledged and is not there."""
    rows = json.loads(server.manage("shell", "-v0", "-c", LOST))
    found = []
    for number, title in people.written.items():
        if rows.get(str(number), [None])[0] != title:
            found.append(f"Review {number} is lost.")
    for number, verdict in people.decided.items():
        _title, status, decisions = rows[str(number)]
        if (status, decisions) != (verdict, 1):
            found.append(f"The decision on review {number} is lost.")
    return found
