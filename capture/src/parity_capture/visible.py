"""Names and texts come from anywhere: wherever they are written, they are text and no more."""


def visible(text: object) -> str:
    """On one line: what is no printable character is written as Python writes it."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(text))
