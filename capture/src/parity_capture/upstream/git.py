"""What git says of a checkout, without writing to it and whoever owns it."""

import os
import subprocess
from pathlib import Path


def head(checkout: Path) -> str | None:
    """Return the commit that is checked out, or None where `checkout` is not the root of a git checkout."""
    root = _git(checkout, "rev-parse", "--show-toplevel")
    if root is None or Path(root.rstrip("\n")).resolve() != checkout.resolve():
        return None
    commit = _git(checkout, "rev-parse", "--verify", "HEAD")
    return commit.strip() if commit is not None else None


def modified(checkout: Path) -> tuple[str, ...]:
    """Return the tracked files that differ from the commit, submodules left out, in alphabetical order."""
    names = _git(checkout, "diff", "--name-only", "-z", "--ignore-submodules=all", "HEAD") or ""
    return tuple(sorted(filter(None, names.split("\0"))))


def _git(checkout: Path, *arguments: str) -> str | None:
    command = ["git", "--no-optional-locks", "-c", "safe.directory=*", "-C", str(checkout), *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    except FileNotFoundError:
        return None
    return run.stdout if run.returncode == 0 else None
