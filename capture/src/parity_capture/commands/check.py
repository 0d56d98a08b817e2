"""`check`: what of the things that a capture needs is there."""

import importlib.util
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from parity_capture.commands.arguments import Parser
from parity_capture.errors import CaptureError
from parity_capture.upstream.environment import SETUP, PackageFinding, Upstream, check_packages, requirements

NORMALISERS = {
    "ttsfrd": "ttsfrd, where its resources are in the checkout",
    "wetext": "wetext; it fetches its rules when it is first used, and without network upstream goes on without a "
    "normaliser: the capture records which (text_frontend)",
}


@dataclass(frozen=True)
class Report:
    """What was found; `problem` is the line for stderr, or empty when a capture can be made."""

    python: str
    packages: list[PackageFinding]
    pinned: int
    upstream_named: bool
    upstream: Upstream | None
    normaliser: str
    problem: str

    def as_text(self) -> str:
        """For people."""
        off = len(self.packages)
        upstream = "not usable" if self.upstream_named else "not looked at: COSYVOICE_DIR is not set"
        if self.upstream is not None:
            changed = f", {len(self.upstream.modified)} changed files" if self.upstream.modified else ""
            upstream = f"{self.upstream.path}, commit {self.upstream.commit[:7]}{changed}"
        lines = [
            f"python      {self.python}",
            f"packages    {self.pinned - off} of {self.pinned} as pinned",
            *(f"            {finding}" for finding in self.packages),
            f"upstream    {upstream}",
            f"normaliser  {NORMALISERS.get(self.normaliser, 'none: numbers are spelled out, and that is all')}",
        ]
        return "\n".join(lines)

    def as_json(self) -> str:
        """For machines."""
        upstream = self.upstream and {
            "path": str(self.upstream.path),
            "commit": self.upstream.commit,
            "modified": list(self.upstream.modified),
        }
        return json.dumps(
            {
                "ok": not self.problem,
                "python": self.python,
                "packages": [asdict(finding) for finding in self.packages],
                "upstream": upstream,
                "normaliser": self.normaliser,
                "problem": self.problem,
            },
            indent=2,
        )


def look(cosyvoice_dir: str | None) -> Report:
    """Look at the packages, and at the checkout where one is named."""
    wanted = requirements()
    findings = check_packages(wanted)
    problems = ["; ".join([*map(str, findings), SETUP])] if findings else []
    named = cosyvoice_dir is not None or bool(os.environ.get("COSYVOICE_DIR"))
    upstream = None
    try:
        if named:
            upstream = Upstream.find(cosyvoice_dir)
    except CaptureError as e:
        problems.append(str(e))
    return Report(
        f"{platform.python_version()} ({sys.executable})",
        findings,
        len(wanted),
        named,
        upstream,
        next((name for name in NORMALISERS if importlib.util.find_spec(name)), ""),
        "; ".join(problems),
    )


def main(arguments: Sequence[str]) -> int:
    """Print what is there; refuse when something is not as it should be."""
    parser = Parser("check", "Say whether the packages are as pinned, and whether COSYVOICE_DIR is usable.")
    parser.add_argument("--cosyvoice-dir", metavar="D", help="an upstream checkout (default: $COSYVOICE_DIR)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parsed(arguments)
    report = look(options.cosyvoice_dir)
    print(report.as_json() if options.json else report.as_text())
    if report.problem:
        raise CaptureError(report.problem)
    return 0
