"""tools/bench/faults.py: what is printed of runs on captures with a fault."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from parity_capture.faulty.faults import FAULTS
from support import ROOT

TABLE = ROOT / "tools" / "bench" / "faults.py"


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
