"""The list of faults, and what is printed of it and of their runs; nothing of this needs torch."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from parity_capture import cli
from parity_capture.faulty.faults import FAULTS, Fault

TABLE = Path(__file__).parents[2] / "tools" / "bench" / "faults.py"


def report(folder: Path, exit_code: int, *firsts: str | None) -> Path:
    stages: list[dict[str, Any]] = [{"verdict": "PASS", "first_divergence": None}]
    for name in firsts:
        first = None if name is None else {"module": name, "where": "module"}
        stages.append({"verdict": "FAIL", "first_divergence": first})
    folder.mkdir()
    (folder / "report.json").write_text(json.dumps({"exit_code": exit_code, "stages": stages}))
    return folder


def table(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = runpy.run_path(str(TABLE))["main"](list(arguments))
    return code, *capsys.readouterr()


def test_named_by_with_a_number_sign_is_the_module_itself_in_any_call() -> None:
    fault = Fault("k", "says", ("a.b#", "c"))
    assert [n for n in ("a.b", "a.b#3", "a.b.d#3", "a.bc", "x.a.b", "c.d#1", "c:x") if fault.named_by(n)] == [
        "a.b",
        "a.b#3",
        "c.d#1",
        "c:x",
    ]


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


def test_kinds_to_try_are_all_or_those_named_after_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert table(capsys, "kinds") == (0, "\n".join(["none", *FAULTS]) + "\n", "")
    assert table(capsys, "kinds", "hift-snake") == (0, "none\nhift-snake\n", "")
    code, out, said = table(capsys, "kinds", "hift-snake", "typo")
    assert (code, out) == (3, "")
    assert said.startswith("KINDS typo: no such fault; there are llm-norm-eps, ")


def test_table_right_names_end_with_0(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report(tmp_path / "none", 0)
    report(tmp_path / "hift-istft-sign", 1, "hift._istft")
    code, out, _ = table(capsys, "table", str(tmp_path), "none", "hift-istft-sign")
    assert code == 0
    assert out.splitlines()[-1] == "2 of 2 right"


@pytest.mark.parametrize(
    ("kind", "exit_code", "firsts"),
    [
        ("none", 1, ["hift._istft"]),
        ("hift-istft-sign", 0, []),
        ("hift-istft-sign", 2, []),
        ("hift-istft-sign", 1, ["hift.conv_post"]),
        ("hift-istft-sign", 1, ["hift._istft", "flow.decoder.0"]),
        ("hift-istft-sign", 1, [None]),
    ],
)
def test_table_anything_else_ends_with_1_and_says_what_was_expected(
    kind: str, exit_code: int, firsts: list[str | None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report(tmp_path / kind, exit_code, *firsts)
    code, out, _ = table(capsys, "table", str(tmp_path), kind)
    assert code == 1
    assert f"expected: {'exit 0' if kind == 'none' else 'hift._istft'}" in out
    assert out.splitlines()[-1] == "0 of 1 right"


def test_table_without_a_report_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = table(capsys, "table", str(tmp_path), "hift-snake")
    assert (code, "no report" in out) == (1, True)
