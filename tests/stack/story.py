"""The main story on a site of several machines, while parts of it lag, are killed and come back."""

import json
import re
import tempfile
import time
from itertools import pairwise

from tests.factories_reviews import ANSWERS
from tests.going_on import GoingOn
from tests.killing import FORM, LOST, OLD_ENOUGH
from tests.portal.test_media import make_png
from tests.stack.machines import TOKEN, unit_command
from tests.stack.visitor import Visitor
from tests.waiting import wait_for

PAGE = "/monographs/ketamine/"
CHANGE = "/admin/monographs/monograph/1/"


class Story:
    """Everybody in it, and what they were told: `written` is {number of a review: [title, status]}."""

    def __init__(self, stack, say):
        self.stack, self.say = stack, say
        at_nginx = {"port": stack.nginx.port, "certificate": stack.nginx.folder / "fullchain.pem"}
        self.staff, self.writer, self.reader = (Visitor(**at_nginx) for _ in range(3))
        self.readers = [self.reader, *(self.reader.at(app) for app in stack.apps)]
        self.written = {}

    def log_in(self):
        credentials = {"username": "admin", "password": self.stack.apps[0].password}
        answer = self.staff.send("/admin/login/", self.staff.form("/admin/login/") | credentials)
        assert answer[0] == 302, answer
        for app in self.stack.apps:
            assert self.staff.at(app).get("/admin/")[0] == 200
        self.say("logged in at nginx, and so at both processes")

    def open_forms(self, number):
        self.forms = [self.writer.form(FORM) for _ in range(number)]
        self.opened_at = time.monotonic()

    def publish(self, text):
        data = self.staff.form(f"{CHANGE}change/")
        data["sections-0-body"] += f"\r\n\r\n{text}"
        answer = self.staff.send(f"{CHANGE}change/", data | {"_save": ""})
        assert answer[0] == 302, answer[2]
        answer = self.staff.send(f"{CHANGE}publish/", self.staff.form(f"{CHANGE}publish/") | {"note": "A picture."})
        assert answer[0] == 302, answer[2]

    def upload(self):
        """Return the address of a new picture."""
        data = {"csrfmiddlewaretoken": self.staff.form("/admin/password_change/")["csrfmiddlewaretoken"]}
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            file.write(make_png())
            file.seek(0)
            answer = self.staff.send("/admin/editor/pictures/", data | {"image": file}, has_files=True)
        return re.search(r"/media/[^)\s]+", json.loads(answer[2])["image_code"])[0]

    def write(self, title):
        """Send a review; return the number and the address of the author's page."""
        time.sleep(max(0, self.opened_at + OLD_ENOUGH - time.monotonic()))
        words = {"title": title, "body": f"It helped me a lot. {title}"}  # too few for a near copy of another
        status, headers, text = self.writer.send(FORM, self.forms.pop() | ANSWERS | words)
        assert status == 303, text
        for app in filter(lambda app: app.process.poll() is None, self.stack.apps):
            assert title in self.writer.at(app).get(headers["Location"])[2]
        number = int(re.search(r"/mine/(\d+)\.", headers["Location"])[1])
        self.written[number] = [title, "pending"]
        return number, headers["Location"]

    def approve(self, number):
        desk = f"/admin/reviews/desk/{number}/"
        data = self.staff.form(desk)
        chosen = {name: data[name] for name in ("csrfmiddlewaretoken", "yes-seen")}
        status, headers, text = self.staff.send(f"{desk}approve/", chosen)
        assert "undo=" in headers.get("Location", ""), (status, text)
        self.written[number][1] = "approved"

    def everybody_sees(self, words, *, path=PAGE):
        return [words in reader.get(path)[2] for reader in self.readers]

    def statuses(self, path):
        return [reader.get(path)[0] for reader in self.readers]

    def answered_by(self, who):
        """Return how many pages were answered by the replica, or by the primary and why."""
        lines = [
            reader.get("/metrics", Authorization=f"Bearer {TOKEN}")[2] for reader in self.readers[1:]
        ]  # each process for itself
        return sum(float(count) for count in re.findall(rf'answered_by="{who}"}} ([\d.]+)', "".join(lines)))


def publishing(story):
    picture = story.upload()
    story.publish(f"![Two panels of the stack.]({picture})")
    assert story.everybody_sees("Two panels of the stack.") == [True] * 3
    for reader in story.readers:
        status, headers, content = reader.get(picture)
        assert (status, headers["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
        assert content
    story.say("an edition with a picture is public at once, the picture comes from the bucket, in its sandbox")
    return picture


def limits(story):
    story_of = [story.reader.at(app) for app in story.stack.apps] * 4
    answers = [reader.get("/api/v1/topics")[1]["RateLimit"] for reader in story_of]
    counts = [tuple(map(int, re.search(r"r=(\d+);t=(\d+)", answer).groups())) for answer in answers]
    same_minute = [(a, b) for (a, t), (b, u) in pairwise(counts) if u <= t]
    assert len(same_minute) >= 6
    assert all(b == a - 1 for a, b in same_minute), counts
    wrong = {"username": "nobody", "password": "wrong"}
    first, second = (Visitor(app.port, network="192.0.2.9") for app in story.stack.apps)
    first_answers = [first.send("/admin/login/", first.form("/admin/login/") | wrong)[0] for _ in range(3)]
    assert first_answers == [200, 200, 429], first_answers
    assert second.send("/admin/login/", second.form("/admin/login/") | wrong)[0] == 429
    story.say("requests and failed logins are counted over both processes")


def lagging(story, number, author_page):
    replica = story.stack.replica
    replica.ask("SELECT pg_wal_replay_pause()")
    wait_for(lambda: replica.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")
    answer = story.writer.send(f"{author_page}withdraw/", story.writer.form(f"{author_page}withdraw/"))
    assert answer[0] in (302, 303), answer
    title, story.written[number][1] = story.written[number][0], "withdrawn"
    assert story.everybody_sees(title) == [False] * 3
    assert story.everybody_sees(title, path=f"{PAGE}reviews/") == [False] * 3
    assert story.statuses(f"/reviews/{number}/") == story.statuses(f"/api/v1/reviews/{number}") == [404] * 3
    edition = re.search(r"/admin/monographs/edition/(\d+)/", story.staff.get("/admin/monographs/edition/")[2])[1]
    withdraw = f"/admin/monographs/edition/{edition}/withdraw/"
    answer = story.staff.send(withdraw, story.staff.form(withdraw) | {"reason": "A dose was wrong."})
    assert answer[0] == 302, answer[2]
    assert story.statuses(PAGE) == story.statuses("/monographs/ketamine.json") == [410] * 3
    assert replica.ask("SELECT status FROM reviews_review WHERE id = %s", number) == "approved"
    assert replica.ask("SELECT count(*) FROM monographs_withdrawal") == 0
    assert "the replica lags" in story.reader.get("/readyz")[2]
    story.say("what was withdrawn is gone at once everywhere, while the replica still has it")
    story.publish("A third text.")
    story.approve(story.write("Written while the replica lagged")[0])
    assert story.everybody_sees("Written while the replica lagged") == [True] * 3
    replica.ask("SELECT pg_wal_replay_resume()")
    assert story.answered_by("primary_behind") > 0
    replica_answers(story)
    story.say("the replica has caught up and answers readers again")


def replica_answers(story):
    """Wait until the replica answers readers."""
    before = story.answered_by("replica")
    wait_for(lambda: story.statuses("/monographs/") == [200] * 3 and story.answered_by("replica") > before)


class Crowd(GoingOn):
    """Readers who go on reading through nginx; `statuses` is what they got."""

    def __init__(self, story):
        self.statuses, self._reader = [], story.reader
        super().__init__(*[self._read] * 3)

    def _read(self):
        self.statuses += [self._reader.get(path)[0] for path in (PAGE, "/monographs/", "/search/?q=ketamine")]

    def more(self):
        """Wait until they have read a few pages more."""
        enough = len(self.statuses) + 12
        self.wait_for(lambda: len(self.statuses) >= enough)


def killing(story, crowd):
    stack = story.stack
    first = stack.apps[0]
    crowd.more()
    first.kill()
    crowd.more()
    number, _address = story.write("Written while a process was dead")
    story.approve(number)
    assert "Written while a process was dead" in story.reader.get(PAGE)[2]
    first.start(unit_command(first.port))
    story.say("a process was killed: nginx went on with the other")
    stack.replica.stop()
    stack.redis.stop()
    crowd.more()
    assert story.statuses("/monographs/") == [200] * 3
    readiness = story.reader.get("/readyz")
    assert readiness[0] == 200, readiness
    assert "the replica does not answer" in readiness[2]
    assert "the cache does not answer" in readiness[2]
    assert story.answered_by("primary_failed") > 0
    story.say("replica and cache were killed: the site went on without them, and is ready")
    stack.replica.start()
    stack.redis.start()
    replica_answers(story)
    wait_for(lambda: [reader.get("/readyz")[2] for reader in story.readers] == ["ready\n"] * 3)
    story.say("both are back and used, without a hand")


def nothing_is_lost(story, picture, content):
    first = story.stack.apps[0]
    rows = json.loads(first.manage("shell", "-v0", "-c", LOST))
    assert {int(number): row[:2] for number, row in rows.items()} == story.written
    assert all(reader.get(picture)[2] == content for reader in story.readers)
    assert first.manage("verify") == "Everything agrees.\n"
    for app in story.stack.apps:
        assert "Traceback" not in app.log, app.log
    story.say(f"{len(rows)} reviews are as their authors were told, the picture is the same, and verify is clean")


def tell(stack, say):
    """Tell the story, each step with `say`. Raises AssertionError where it goes otherwise."""
    story = Story(stack, say)
    story.log_in()
    story.open_forms(3)
    picture = publishing(story)
    content = story.reader.get(picture)[2]
    replica_answers(story)
    story.say("the replica answers readers")
    limits(story)
    number, author_page = story.write("Written first")
    story.approve(number)
    assert story.everybody_sees("Written first") == [True] * 3
    story.say("a review is sent, approved, and on every page at once")
    lagging(story, number, author_page)
    with Crowd(story) as crowd:
        killing(story, crowd)
    assert set(crowd.statuses) == {200}, crowd.statuses
    story.say(f"{len(crowd.statuses)} pages were read meanwhile, each with status 200")
    nothing_is_lost(story, picture, content)
