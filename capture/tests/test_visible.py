"""Names from anywhere are text wherever they are written."""

from pathlib import Path

import pytest

from parity_capture import cli
from parity_capture.visible import visible


def test_what_a_terminal_obeys_is_written() -> None:
    assert visible("a\x1b[2J\r\n\x85\u2028\u202eb") == "a\\x1b[2J\\r\\n\\x85\\u2028\\u202eb"
    assert visible(Path("naïve 你好")) == "naïve 你好"


@pytest.mark.parametrize("name", ["\x1b[2J", "two\nlines", "\u202eback", "tab\there"])
def test_a_message_of_a_hostile_option_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([name], ["--mode", name], ["check", name], ["make-model", "--size", name, "x"]):
        assert cli.main(arguments) == cli.BAD_INPUT
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert all(c.isprintable() for c in said.err.rstrip("\n"))
