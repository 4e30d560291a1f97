"""Ways of spoiling a text that every test of hostile files has in common."""


def flip_bytes(text, chance):
    """Some bytes become others."""
    data = bytearray(text.encode())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut(text, chance):
    """The end, or a piece, is missing."""
    data = text.encode()
    first = chance.randrange(len(data))
    return data[:first] if chance.random() < 0.5 else data[:first] + data[first + chance.randint(1, 200) :]


def insert_letters_of(letters):
    """A way that puts some of these letters in, one or thousands."""

    def insert_letters(text, chance):
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice(letters) * chance.choice((1, 1, 1, 3, 40, 5000)) + text[place:]
        return text.encode()

    return insert_letters
