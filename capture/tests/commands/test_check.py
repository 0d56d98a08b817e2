import json
from pathlib import Path

import pytest

from parity_capture import cli
from parity_capture.commands import check
from parity_capture.upstream import environment


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COSYVOICE_DIR", raising=False)


def wanted(monkeypatch: pytest.MonkeyPatch, *requirements: str) -> None:
    monkeypatch.setattr(check, "requirements", lambda: list(requirements))


def test_all_as_pinned_exits_0(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    wanted(monkeypatch, "pytest")
    assert cli.main(["check"]) == 0
    said = capsys.readouterr()
    assert "1 of 1 as pinned" in said.out
    assert "upstream    not looked at: COSYVOICE_DIR is not set" in said.out
    assert said.err == ""


def test_package_that_is_off_is_named_and_exits_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted(monkeypatch, "pytest==0.0.1", "no-such-package")
    assert cli.main(["check"]) == 3
    said = capsys.readouterr()
    assert "0 of 2 as pinned" in said.out
    assert said.err == (
        f"parity capture check: pytest: wanted ==0.0.1, found {pytest.__version__}; "
        "no-such-package: wanted any version, found none; run tools/setup_python.sh\n"
    )


def test_checkout_that_is_none_exits_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wanted(monkeypatch)
    assert cli.main(["check", "--cosyvoice-dir", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert "upstream    not usable" in said.out
    assert "no cosyvoice/cli/cosyvoice.py in it" in said.err


def test_json_holds_findings_and_checkout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wanted(monkeypatch, "pytest==0.0.1")
    (tmp_path / "cosyvoice/cli").mkdir(parents=True)
    (tmp_path / "cosyvoice/cli/cosyvoice.py").touch()
    (tmp_path / "third_party/Matcha-TTS/matcha").mkdir(parents=True)
    assert cli.main(["check", "--json", "--cosyvoice-dir", str(tmp_path)]) == 3
    report = json.loads(capsys.readouterr().out)
    assert not report["ok"]
    assert report["packages"] == [{"name": "pytest", "wanted": "==0.0.1", "found": pytest.__version__}]
    assert report["upstream"] == {"path": str(tmp_path), "commit": environment.UNKNOWN, "modified": []}


def test_option_that_is_none_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--nonsense"]) == 3
    assert capsys.readouterr().err == (
        "parity capture check: --nonsense: no such option (see parity capture check --help)\n"
    )
