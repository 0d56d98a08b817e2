"""`parity capture make-samples`: make the sample anew."""

import sys
from collections.abc import Sequence
from pathlib import Path

from parity_capture.commands.arguments import Parser
from parity_capture.upstream import environment


def main(arguments: Sequence[str]) -> int:
    """Parse, check, make."""
    parser = Parser(
        "make-samples",
        "Makes model/ and capture/ of the sample anew, from its prompt.wav: a tiny model with random weights, and what "
        "upstream computes with it.",
    )
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("samples"), help="default: samples")
    parser.add_argument("--cosyvoice-dir", metavar="DIR", help="an upstream checkout (default: $COSYVOICE_DIR)")
    options = parser.parsed(arguments)
    upstream = environment.Upstream.find(options.cosyvoice_dir)
    environment.require_packages()
    upstream.activate()
    from parity_capture.commands import capture
    from parity_capture.commands.samples import SEED, SIZE, Figures, make_samples
    from parity_capture.model_maker.maker import make_model

    out = options.out.absolute()
    make_samples(
        out,
        lambda folder: make_model(folder, SIZE, SEED, both=False),  # the other would be 2.4 MB, and nobody loads it
        lambda rest: capture.captured(
            capture.parser().parsed([*rest, "--cosyvoice-dir", str(upstream.path)]), sys.stdout
        ),
    )
    print(f"Sample made: {options.out}, {Figures.of(out)}")
    return 0
