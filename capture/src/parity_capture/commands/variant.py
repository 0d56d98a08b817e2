"""`parity capture variant`: run upstream again on the inputs of a capture, in a legal variant."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from parity_capture.commands.arguments import Parser
from parity_capture.legal.variants import VARIANTS, Variant
from parity_capture.upstream import environment
from parity_capture.upstream.quiet import quiet
from parity_capture.visible import visible


def main(arguments: Sequence[str]) -> int:
    """Parse, check, run."""
    parser = Parser(
        "variant",
        "Runs upstream again on what a capture was given, in a variant that is as right as the capture itself and "
        "rounds elsewhere. parity calibrate makes the table of limits of such runs.",
    )
    parser.add_argument("--capture", metavar="DIR", type=Path, required=True, help="the capture")
    parser.add_argument("--model-dir", metavar="DIR", help="the capture's own model (default: $MODEL_DIR)")
    parser.add_choice("--variant", VARIANTS, required=True, help="; ".join(map(_line, VARIANTS.values())))
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the files go")
    parser.add_argument("--cosyvoice-dir", metavar="DIR", help="an upstream checkout (default: $COSYVOICE_DIR)")
    options = parser.parsed(arguments)
    variant = VARIANTS[options.variant]
    _begin_again_in(variant)
    upstream = environment.Upstream.find(options.cosyvoice_dir)
    environment.require_packages()
    model_dir = environment.check_model_dir(options.model_dir)
    upstream.activate()
    from parity_capture.legal.captured import Captured

    captured = Captured.open(options.capture)
    captured.require(model_dir, upstream)
    with quiet():
        from cosyvoice.cli.cosyvoice import CosyVoice3

        from parity_capture.legal.rerun import Rerun

        Rerun(CosyVoice3(str(model_dir)).model, captured, sys.stderr.isatty()).write(options.out, variant)
    print(visible(f"==> {variant.name} of {options.capture} to {options.out}"))
    return 0


def _line(variant: Variant) -> str:
    return f"{variant.name}: {variant.says}"


def _begin_again_in(variant: Variant) -> None:
    """What the libraries read when they are loaded must be in the environment before: the same command once more."""
    if any(os.environ.get(name) != value for name, value in variant.environment.items()):
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **variant.environment})
