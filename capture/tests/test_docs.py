"""docs/reference/command-line.md lists the options that the parsers here have; Java's are held by DocsCommandsTest."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "command-line.md"
VERBS = ["", "batch", "check", "faulty", "variant", "texts", "make-model", "make-samples"]
JAVAS = ["suite"]
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")


def listed(verb: str) -> set[str]:
    heading = f"## parity capture {verb}".rstrip()
    section = PAGE.read_text(encoding="utf-8").split(heading + "\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`-.*?) \|", section, re.MULTILINE)
    options = set(OPTION.findall(" ".join(rows)))
    return options | listed("") if "The options of `parity capture`." in section else options


def parsed(verb: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-m", "parity_capture", verb or "capture", "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "capture" / "src"), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(re.findall(r"^  (?:-\w, )?(--[a-z][a-z0-9-]*)", said, re.MULTILINE)) - {"--help"}


@pytest.mark.parametrize("verb", VERBS)
def test_reference_lists_the_options_of_the_verb(verb: str) -> None:
    assert parsed(verb)
    assert listed(verb) == parsed(verb)


def test_reference_lists_every_verb() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "parity_capture", "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "capture" / "src"), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    others = re.search(r"Other commands: parity capture ([a-z| -]+), each", said)
    assert others
    assert sorted(others[1].split(" | ")) == sorted(VERBS[1:] + JAVAS)
