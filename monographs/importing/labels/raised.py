"""Raised and lowered text. Markdown has no marks for it, and 10⁹ must not become 109."""

RAISED = dict(
    zip(
        "0123456789+-−–=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎", strict=True))
BETWEEN = " ,"


def raised(text):
    """Return text as Unicode writes it raised, or else as ^(text). Signs such as ® and † need no raising."""
    if not any(character.isalnum() for character in text):
        return text
    if all(character in RAISED or character in BETWEEN for character in text):
        return "".join(RAISED.get(character, character) for character in text)
    return _set_apart("^", text)


def lowered(text):
    """Return text as Unicode writes it lowered. Words, as in C<sub>max</sub>, are written on the line, as is usual."""
    if all(character in LOWERED or character in BETWEEN for character in text):
        return "".join(LOWERED.get(character, character) for character in text)
    if any(character.isalpha() for character in text):
        return text
    return _set_apart("_", text)


def _set_apart(mark, text):
    core = text.strip()
    return text.replace(core, f"{mark}({core})") if core else text
