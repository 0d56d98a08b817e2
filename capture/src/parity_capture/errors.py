"""What a person can put right."""


class CaptureError(Exception):
    """One line: the thing, what was found, what was expected, what to do. Ends the program with exit code 3."""


class NothingSaidError(CaptureError):
    """Upstream drew a token that ends the speech before any that is spoken."""
