"""Learn what words weigh (`reviews/screening/wording.txt`) from the messages that screening_data has to learn from.

Run with `.venv/bin/python tests/reviews/weighing.py` after changing those messages. It is a logistic regression, and
always comes to the same weights. The messages to measure with (`*_heldout.txt`) are not read.
"""

import hashlib
import os
import random
import sys
from collections import Counter, defaultdict
from math import exp
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "screening_data"
ROUNDS, PACE, FORGETTING = 20, 0.3, 0.001
LEAST_TEXTS = 2
"""Texts that a sign must occur in to be weighed."""
LEAST_WEIGHT = 2
"""What a sign has to weigh to be written down."""
WIDTH = 110


def learn(spam, genuine):
    """Return the bias and the weights of signs, from texts of both kinds."""
    from reviews.screening.wording import FEW, score_of

    examples = [(signs, 1) for text in spam for signs in _examples(text, whole=True)]
    examples += [(signs, 0) for text in genuine for signs in _examples(text, whole=False)]
    seen_in = Counter(sign for signs, _is_spam in examples for sign in set(signs))
    examples = [
        ([sign for sign in signs if seen_in[sign] >= LEAST_TEXTS], len(signs), is_spam) for signs, is_spam in examples
    ]
    chance, bias, weights, steps = random.Random(1), 0.0, defaultdict(float), defaultdict(lambda: 0.01)
    for _round in range(ROUNDS):
        chance.shuffle(examples)
        for signs, count, is_spam in examples:
            score = score_of(bias, sum(weights[sign] for sign in signs), count)
            wrong = is_spam - 1 / (1 + exp(-max(-30, min(30, score))))
            bias += wrong / 20
            share = 2 * wrong / (count + FEW) ** 0.5
            for sign in signs:
                change = share - FORGETTING * weights[sign]
                steps[sign] += change * change
                weights[sign] += PACE * change / steps[sign] ** 0.5
    return bias, weights


def _examples(text, *, whole):
    """Return the signs of a text: of the whole of a sales message, and of each window of a review."""
    from reviews.screening.reading import read
    from reviews.screening.wording import signs_of, tokens_of, windows_of

    signs = signs_of(tokens_of(read(text).cased))
    spans = [(0, len(signs))] if whole else windows_of(len(signs))
    return [[sign for place in signs[start:end] for sign in place] for start, end in spans]


def digest():
    """Return what tells whether weights were learnt from the messages that are there now."""
    data = (DATA / f"{kind}_{part}.txt" for kind in ("genuine", "sellers") for part in ("grammar", "train"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in data)).hexdigest()


def lines_of(bias, weights):
    """Return the lines of `wording.txt`."""
    from reviews.screening.wording import SCALE

    by_weight = defaultdict(list, {round(bias * SCALE): ["(bias)"]})
    for sign, weight in weights.items():
        if abs(round(weight * SCALE)) >= LEAST_WEIGHT:
            by_weight[round(weight * SCALE)].append(sign)
    for weight in sorted(by_weight, reverse=True):
        line = ""
        for sign in sorted(by_weight[weight]):
            if line and len(line) + len(sign) > WIDTH:
                yield f"{weight}\t{line}"
                line = ""
            line += f"|{sign}" if line else sign
        yield f"{weight}\t{line}"


def main():
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from reviews.screening.wording import WEIGHTS
    from tests.reviews.screening_texts import messages

    spam, genuine = (
        dict.fromkeys(messages(f"{kind}_train", of_each=5) + messages(f"{kind}_grammar", of_each=20))
        for kind in ("sellers", "genuine")
    )
    lines = [digest(), *lines_of(*learn(spam, genuine))]
    WEIGHTS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    count = sum(line.count("|") + 1 for line in lines[1:])
    sys.stdout.write(f"{count} signs from {len(spam)} sales messages and {len(genuine)} reviews\n")


if __name__ == "__main__":
    main()
