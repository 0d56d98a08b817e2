import os
import subprocess
import sys
from pathlib import Path

import pytest

from parity_capture.errors import CaptureError
from parity_capture.upstream import environment, git
from parity_capture.upstream.environment import MODEL_FILES, UPSTREAM_COMMIT, PackageFinding, Upstream, check_model_dir


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the files by which an upstream checkout is known."""
    folder = tmp_path / "CosyVoice"
    write(folder / "cosyvoice/cli/cosyvoice.py", "class CosyVoice3: ...\n")
    write(folder / "third_party/Matcha-TTS/matcha/__init__.py", "")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def git_in(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=n", "-c", "user.email=e", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def commit_all(folder: Path) -> str:
    git_in(folder, "init", "-q")
    git_in(folder, "add", "cosyvoice")
    git_in(folder, "commit", "-q", "-m", "all")
    return git_in(folder, "rev-parse", "HEAD")


def test_no_packages_wanted_no_finding() -> None:
    assert environment.check_packages([]) == []


def test_installed_package_within_its_range_no_finding() -> None:
    assert environment.check_packages(["pytest", "pytest>=1", "pytest<1000"]) == []


def test_missing_package_is_found() -> None:
    assert environment.check_packages(["no-such-package==1.0"]) == [PackageFinding("no-such-package", "==1.0", None)]


def test_other_version_is_found_with_both_versions() -> None:
    (finding,) = environment.check_packages(["pytest==0.0.1"])
    assert str(finding) == f"pytest: wanted ==0.0.1, found {pytest.__version__}"


def test_requirement_of_another_python_is_passed_over() -> None:
    assert environment.check_packages(["no-such-package; python_version < '3'"]) == []


def test_own_requirements_hold_the_pins_that_change_numbers() -> None:
    names = environment.requirements()
    assert "transformers==4.51.3" in names
    assert "torch==2.3.1" in names


def test_missing_packages_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "requirements", lambda: ["no-such-a==1", "no-such-b"])
    with pytest.raises(CaptureError) as e:
        environment.require_packages()
    assert str(e.value) == (
        "no-such-a: wanted ==1, found none; no-such-b: wanted any version, found none; run tools/setup_python.sh"
    )


def test_checkout_not_named_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COSYVOICE_DIR", raising=False)
    with pytest.raises(CaptureError, match=r"COSYVOICE_DIR is not set; name .* by --cosyvoice-dir or COSYVOICE_DIR"):
        Upstream.find(None)


def test_checkout_by_environment_is_found(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSYVOICE_DIR", str(checkout))
    assert Upstream.find(None).path == checkout


def test_checkout_of_no_such_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"--cosyvoice-dir .*nowhere: no such folder"):
        Upstream.find(str(tmp_path / "nowhere"))


def test_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"no cosyvoice/cli/cosyvoice\.py in it"):
        Upstream.find(str(tmp_path))


def test_checkout_without_matcha_says_how_to_get_it(checkout: Path) -> None:
    (checkout / "third_party/Matcha-TTS/matcha/__init__.py").unlink()
    (checkout / "third_party/Matcha-TTS/matcha").rmdir()
    with pytest.raises(CaptureError, match="git submodule update --init --recursive"):
        Upstream.find(str(checkout))


def test_checkout_outside_git_is_unknown_with_a_warning(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Upstream.find(str(checkout)).commit == "unknown"
    assert "is no git checkout" in capsys.readouterr().err


def test_checkout_inside_another_repository_is_unknown(checkout: Path) -> None:
    git_in(checkout.parent, "init", "-q")
    assert Upstream.find(str(checkout)).commit == "unknown"


def test_checkout_of_another_commit_is_recorded_with_a_warning(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = commit_all(checkout)
    assert Upstream.find(str(checkout)) == Upstream(checkout, commit, ())
    assert f"is at commit {commit[:7]}, not {UPSTREAM_COMMIT[:7]}" in capsys.readouterr().err


def test_changed_files_are_recorded_with_a_warning(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit_all(checkout)
    write(checkout / "cosyvoice/cli/cosyvoice.py", "changed\n")
    write(checkout / "cosyvoice/new.py", "not tracked\n")
    assert Upstream.find(str(checkout)).modified == ("cosyvoice/cli/cosyvoice.py",)
    assert "has changed files, which the capture records: cosyvoice/cli/cosyvoice.py" in capsys.readouterr().err


def test_git_that_is_not_installed_is_no_error(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert git.head(checkout) is None


def test_activated_checkout_is_importable_on_the_cpu(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["elsewhere"])
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    Upstream(checkout, UPSTREAM_COMMIT, ()).activate()
    assert sys.path == [str(checkout), str(checkout / "third_party/Matcha-TTS"), "elsewhere"]
    assert sys.dont_write_bytecode
    assert os.environ["CUDA_VISIBLE_DEVICES"] == ""


def test_model_folder_not_named_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODEL_DIR", raising=False)
    with pytest.raises(CaptureError, match=r"MODEL_DIR is not set; name .* by --model-dir or MODEL_DIR"):
        check_model_dir(None)


def test_model_folder_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_DIR", "no/such")
    with pytest.raises(CaptureError, match="MODEL_DIR no/such: no such folder"):
        check_model_dir(None)


@pytest.mark.parametrize("lost", MODEL_FILES)
def test_model_folder_without_a_file_names_it(lost: str, tmp_path: Path) -> None:
    for name in set(MODEL_FILES) - {lost}:
        write(tmp_path / name, "")
    with pytest.raises(CaptureError, match=f"no {lost} in it"):
        check_model_dir(str(tmp_path))


def test_model_folder_with_all_files_is_returned(tmp_path: Path) -> None:
    for name in MODEL_FILES:
        write(tmp_path / name, "")
    assert check_model_dir(str(tmp_path)) == tmp_path
