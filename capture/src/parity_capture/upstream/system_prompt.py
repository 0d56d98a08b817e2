"""The words that CosyVoice3 was trained to find before those that it is to say, and without which upstream stops.

What is missing is added as `parity synthesize` adds it (example.py and utils/common.py of upstream have the words).
"""

from dataclasses import dataclass

END_OF_PROMPT = "<|endofprompt|>"
ASSISTANT = "You are a helpful assistant."
SYSTEM = ASSISTANT + END_OF_PROMPT


@dataclass(frozen=True)
class Completed:
    """A text as the model takes it, and what was put before or behind it for that."""

    text: str
    added: str


def before(text: str) -> Completed:
    """The system prompt, before what is said in a recording or before a text."""
    return Completed(SYSTEM + text, SYSTEM)


def instructing(instruction: str) -> Completed:
    """A system prompt made of an instruction (`Speak slowly.`)."""
    start = "" if instruction.startswith(ASSISTANT) else f"{ASSISTANT} "
    return Completed(f"{start}{instruction.strip()}{END_OF_PROMPT}", f"{start}...{END_OF_PROMPT}")
