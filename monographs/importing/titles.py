"""The name of the medicine in an outline, which has no place of its own for it."""

import re

MAX_TITLE_LINE = 60
SUBJECT = re.compile(r"(?P<name>[^\s.,;:()][^.,;:()]{0,79}?)(?: \([^)]*\)|, [^,.]*,)? (?:is|are) ")
NOT_A_NAME = frozenset("it this that these those there they here what which he she we you".split())


def split_title(opening):
    """Take a title line off the opening lines. Return (title or "", other lines); lines are (number, text).

    A title line is the first one if it is short, ends without punctuation and stands alone: the next line is blank
    or absent, or begins with the same word.
    """
    index = next((index for index, (_number, line) in enumerate(opening) if line.strip()), None)
    if index is None:
        return "", opening
    line = opening[index][1].strip()
    below = opening[index + 1][1].split() if index + 1 < len(opening) else []
    is_alone = not below or below[0] == line.split()[0]
    ends_plainly = line[-1].isalnum() or line[-1] == ")"
    if is_alone and ends_plainly and len(line) <= MAX_TITLE_LINE:
        return line, opening[:index] + opening[index + 1 :]
    return "", opening


def suggest_title(path, summary):
    """Suggest a title: the words of the file's name if the text begins with them, else what the first sentence is
    about, else the words of the file's name."""
    named = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    if named and re.match(re.escape(named) + r"\b", summary, re.IGNORECASE):
        return summary[: len(named)]
    subject = SUBJECT.match(summary)
    if subject and subject["name"].split()[0].lower() not in NOT_A_NAME:
        return subject["name"]
    return named[:1].upper() + named[1:]
