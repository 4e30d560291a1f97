"""Mutations of a text file, whatever its format."""

import re

from scribbles import cut, flip_bytes

VALUES = ("1e999", "-1e999", "NaN", "inf", "9" * 400, "1e-320", "-0.0", "-1", "0", "2.5", "1e9", "0-99999999", "1;2;3")
VALUES += ("", "$", "*", "()", "((((", "'", '"', "<", "&amp;", "&x;", "EMPTY", "outside", "\u202e", "no", "yes")
NUMBER = re.compile(r"-?\b\d[\d.]*(?:[eE][-+]?\d+)?")


def swap_tokens(text, chance):
    """Words, numbers and signs at each other's places."""
    tokens = re.split(r"([\w.]+|\s+|.)", text)
    for _ in range(chance.randint(1, 4)):
        first, second = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[first], tokens[second] = tokens[second], tokens[first]
    return "".join(tokens).encode()


def change_values(text, chance):
    """Numbers and words in place of numbers."""
    places = [match.span() for match in NUMBER.finditer(text)]
    for first, last in sorted(chance.sample(places, chance.randint(1, 3)), reverse=True):
        value = chance.choice(VALUES) if chance.random() < 0.5 else text[slice(*chance.choice(places))]
        text = text[:first] + value + text[last:]
    return text.encode("utf-8", "surrogatepass")


def nudge_values(text, chance):
    """Numbers a little or far off, so that geometry becomes strange."""
    places = [match.span() for match in NUMBER.finditer(text) if "." in match.group() or chance.random() < 0.3]
    for first, last in sorted(chance.sample(places, min(len(places), chance.randint(1, 12))), reverse=True):
        try:
            value = float(text[first:last])
        except ValueError:
            continue
        value = chance.choice((value * chance.uniform(0.5, 1.5), -value, value * 1000, value + 0.001, round(value, 4)))
        text = text[:first] + repr(value) + text[last:]
    return text.encode()


def move_lines(text, chance):
    """Lines left out, doubled, or at each other's places."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        row, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        kind = chance.randrange(3)
        if kind == 0 and len(lines) > 1:
            del lines[row]
        elif kind == 1:
            lines.insert(other, lines[row])
        else:
            lines[row], lines[other] = lines[other], lines[row]
    return "".join(lines).encode()


def repeat(text, chance):
    """A piece many times over."""
    first = chance.randrange(len(text))
    piece = text[first : first + chance.randint(1, 60)]
    return (text[:first] + piece * chance.choice((2, 17, 1000)) + text[first:]).encode()


WAYS = (flip_bytes, cut, swap_tokens, change_values, nudge_values, nudge_values, move_lines, repeat)


def mutant(text, chance):
    """The bytes of a changed file."""
    return chance.choice(WAYS)(text, chance)
