"""How well and how fast reviews are screened: messages that nobody tuned on, and times of the processor on one core.

Run with `.venv/bin/python tests/bench/screening.py`.
"""

import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 5_000
REPEATS = 3


def took(act):
    """Return the best of some times that an act takes, in milliseconds, after one without a watch."""
    act()
    times = []
    for _count in range(REPEATS):
        started = time.process_time()
        act()
        times.append(1000 * (time.process_time() - started))
    return min(times)


def main():
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from reviews.screening import RULES, screen
    from reviews.screening.reading import read
    from tests.reviews.screening_texts import HOSTILE, messages

    texts = []
    for name in ("sellers", "sellers_odd", "genuine", "genuine_odd", "own_treatment", "own_treatment_odd"):
        made = list(dict.fromkeys(messages(f"{name}_heldout")))
        found = sum(screen("", text).likely_spam for text in made)
        print(f"{100 * found / len(made):6.1f} % of {len(made)} messages in {name} are likely spam")
        texts += made
    spent = took(lambda: [screen("A title of a few words", text) for text in texts])
    length = sum(map(len, texts)) // len(texts)
    print(f"{1000 * len(texts) / spent:7.0f} reviews a second, {length} characters each on average")
    long = " ".join(islice(cycle(texts), 40))[:LONGEST]
    print(f"{took(lambda: screen('', long)):7.1f} ms for {LONGEST} characters of ordinary text")
    hostile = {piece: took(lambda piece=piece: screen("", (piece * LONGEST)[:LONGEST])) for piece in HOSTILE}
    for piece, spent in sorted(hostile.items(), key=lambda item: -item[1])[:10]:
        print(f"{spent:7.1f} ms for {LONGEST} characters of {piece!r}")
    worst = max(hostile, key=hostile.get)
    text = (worst * LONGEST)[:LONGEST]
    print(f"{took(lambda: read(text)):7.1f} ms of the worst for reading it")
    reading = read(text)
    for name, spent in sorted(
        ((name, took(lambda rule=rule: list(rule.find(reading)))) for name, rule in RULES.items()),
        key=lambda item: -item[1],
    )[:5]:
        print(f"{spent:7.1f} ms of the worst for the rule {name}")


if __name__ == "__main__":
    main()
