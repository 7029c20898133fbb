"""Names of authors in the style of Vancouver: family name, then initials, such as “Zarate CA Jr”."""

import re

MOST_NAMES = 6
"""Names written out; more are “et al.”, as the US National Library of Medicine allows."""

SUFFIX = re.compile(r"(?:jr|sr|[2-9](?:nd|rd|th)|i{2,3}|iv)\.?", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_]\.?[- ]?){1,4}")


def name_of(family, given="", suffix=""):
    """Return “Zarate CA Jr” of family name, given names or initials, and suffix."""
    parts = [family.strip().rstrip(","), initials_of(given), suffix.strip().rstrip(".")]
    return " ".join(filter(None, parts))


def initials_of(given):
    """Return “CA” of “Carlos A.”, “JP” of “Jean-Pierre”, and initials such as “CA” as they are."""
    words = given.replace(".", " ").split()
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= 3:
        return words[0]
    parts = [part for word in words for part in re.split(r"[-‐’']", word) if part]
    return "".join(part[0].upper() for part in parts if part[0].isalpha())


def name_from_text(text):
    """Return the name of “Zarate, Carlos A., Jr.” or “Zarate CA Jr”; without a comma it stays as it is."""
    family, *others = [part.strip() for part in text.split(",")]
    if not others:
        return family
    suffixes = [part for part in others if SUFFIX.fullmatch(part)]
    given = [part for part in others if part not in suffixes]
    # A suffix may also stand after the given names without a comma.
    words = " ".join(given).split()
    if len(words) > 1 and SUFFIX.fullmatch(words[-1]) and not suffixes:
        suffixes = [words.pop()]
    return name_of(family, " ".join(words), suffixes[0] if suffixes else "")


def names_in_vancouver(names):
    """Return names as one line: six at most, then “et al.”."""
    if names and names[-1].lower().rstrip(".") in ("et al", "others", "and others"):
        names, is_cut = names[:-1], True
    else:
        is_cut = False
    if len(names) > MOST_NAMES:
        names, is_cut = names[:MOST_NAMES], True
    return ", ".join([*names, "et al."] if is_cut and names else names)
