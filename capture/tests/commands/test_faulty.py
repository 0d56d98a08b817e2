"""What is printed of the faults; nothing of this needs torch."""

import json

import pytest

from parity_capture import cli
from parity_capture.faulty.faults import FAULTS, Fault


def test_list_says_every_kind_and_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["faulty", "--list"]) == cli.OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(FAULTS)
    assert all(FAULTS[line.split()[0]].expected[0] in line for line in lines)


def test_list_as_json_holds_what_the_list_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["faulty", "--list", "--json"]) == cli.OK
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [Fault(f["kind"], f["says"], tuple(f["expected"])) for f in faults] == list(FAULTS.values())


@pytest.mark.parametrize("arguments", [["--list", "--kind", "hift-snake"], ["--kind", "typo"], ["--out", "o"]])
def test_wrong_usage_is_one_line_and_exit_3(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["faulty", *arguments]) == cli.BAD_INPUT
    said = capsys.readouterr().err
    assert said.startswith("parity capture faulty: ")
    assert said.endswith("(see parity capture faulty --help)\n")
