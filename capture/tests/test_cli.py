import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src"
STUBBORN = """
import os, sys, time
from pathlib import Path
from parity_capture import cli

def main(arguments):
    done = Path(arguments[0])
    try:
        done.with_name("started").touch()
        time.sleep(60)
    finally:
        for name in (cli.signal.SIGTERM, cli.signal.SIGINT):
            os.kill(os.getpid(), name)
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
def test_run_interrupted_twice_cleans_up_once_and_exits_130(first: signal.Signals, tmp_path: Path) -> None:
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
