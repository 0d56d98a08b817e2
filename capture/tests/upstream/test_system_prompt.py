"""What is added to a text, as harness and capture must both add it (SystemPromptTest.java)."""

import pytest

from parity_capture.upstream import system_prompt
from support import SYSTEM


def test_before_words_alone_are_put_behind_the_systems() -> None:
    completed = system_prompt.before("Eight months to Mars.")
    assert completed.text == f"{SYSTEM}Eight months to Mars."
    assert completed.added == SYSTEM


@pytest.mark.parametrize(
    ("instruction", "text", "added"),
    [
        (
            "Speak slowly.",
            "You are a helpful assistant. Speak slowly.<|endofprompt|>",
            "You are a helpful assistant. ...<|endofprompt|>",
        ),
        (
            " Speak slowly. ",
            "You are a helpful assistant. Speak slowly.<|endofprompt|>",
            "You are a helpful assistant. ...<|endofprompt|>",
        ),
        (
            "You are a helpful assistant. Sing.",
            "You are a helpful assistant. Sing.<|endofprompt|>",
            "...<|endofprompt|>",
        ),
    ],
)
def test_instructing_any_instruction_is_a_system_prompt(instruction: str, text: str, added: str) -> None:
    assert system_prompt.instructing(instruction) == system_prompt.Completed(text, added)
