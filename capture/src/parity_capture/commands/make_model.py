"""`parity capture make-model`: write a model folder with random weights."""

from collections.abc import Sequence
from pathlib import Path

from parity_capture.commands.arguments import Parser, natural
from parity_capture.model_maker.replacement import refuse_what_was_not_made
from parity_capture.model_maker.sizes import SIZES
from parity_capture.upstream import environment
from parity_capture.visible import visible


def main(arguments: Sequence[str]) -> int:
    """Parse, check, make."""
    parser = Parser("make-model", "Writes a model folder in the release layout with random weights: always the same.")
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder; a model made here before is replaced")
    parser.add_choice(
        "--size", SIZES, default="tiny", help="tiny and small take MBs, full is as large as the release (7 GB)"
    )
    parser.add_argument("--seed", metavar="N", type=natural, default=7, help="of the weights (default: 7)")
    parser.add_argument("--cosyvoice-dir", metavar="DIR", help="an upstream checkout (default: $COSYVOICE_DIR)")
    options = parser.parsed(arguments)
    out = options.out.absolute()
    refuse_what_was_not_made(out)
    upstream = environment.Upstream.find(options.cosyvoice_dir)
    environment.require_packages()
    upstream.activate()
    from parity_capture.model_maker.maker import make_model

    make_model(out, options.size, options.seed)
    print(f"Model made: {visible(options.out)}")
    return 0
