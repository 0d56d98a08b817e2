import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from parity_capture import cli
from support import SOURCES

STUBBORN = """
import os, signal, time
from pathlib import Path
from parity_capture import cli, interrupts

def main(arguments):
    done = Path(arguments[0])
    try:
        try:
            done.with_name("started").touch()
            for _ in range(600):  # a signal just before a sleep does not end it
                time.sleep(0.1)
        except:
            pass
        interrupts.check()
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            os.kill(os.getpid(), number)
        time.sleep(0.1)
        done.touch()

cli.VERBS["stubborn"] = __name__
cli.run()
"""


def python(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *arguments], env={**os.environ, "PYTHONPATH": str(SOURCES)}, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_run_interrupt_that_is_swallowed_stops_it_all_the_same_and_cleans_up_once(
    first: signal.Signals, tmp_path: Path
) -> None:
    done = tmp_path / "cleaned up"
    process = python("-c", STUBBORN, "stubborn", str(done))
    while not (tmp_path / "started").exists():
        assert process.poll() is None
    process.send_signal(first)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "parity capture stubborn: stopped; nothing was written\n"
    assert done.exists()


def test_run_unknown_verb_is_one_line_and_exit_3() -> None:
    process = python("-m", "parity_capture", "fly")
    _, said = process.communicate(timeout=20)
    assert process.returncode == 3
    assert said.startswith("parity capture fly: fly: no such command; there are capture, ")
    assert said.count("\n") == 1


def test_main_verb_that_is_nearly_one_names_that(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["makemodel", "out"]) == cli.BAD_INPUT
    assert capsys.readouterr().err == (
        "parity capture makemodel: makemodel: no such command; did you mean make-model?\n"
    )


def test_main_name_with_control_characters_is_one_line_and_they_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["a\nb\x1b[31m你"]) == cli.BAD_INPUT
    said = capsys.readouterr().err
    assert said.startswith(r"parity capture a\nb\x1b[31m你: ")
    assert said.count("\n") == 1
