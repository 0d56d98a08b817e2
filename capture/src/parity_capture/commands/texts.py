"""`parity capture texts`: what upstream's text frontend makes of many texts."""

from collections.abc import Sequence
from pathlib import Path

from parity_capture.commands.arguments import Parser, natural
from parity_capture.upstream import environment
from parity_capture.upstream.text_samples import TEXTS, random_texts
from parity_capture.visible import visible


def main(arguments: Sequence[str]) -> int:
    """Parse, check, write."""
    parser = Parser(
        "texts",
        "Writes what upstream's text frontend makes of texts where it finds no normaliser: normalised text, segments "
        "and ids, as JSON. Java's is held against it by tools/try_texts.sh and by the tests.",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the JSON file")
    parser.add_argument("--model-dir", metavar="DIR", help="release folder of the model (default: $MODEL_DIR)")
    parser.add_argument("--cosyvoice-dir", metavar="DIR", help="an upstream checkout (default: $COSYVOICE_DIR)")
    parser.add_argument(
        "--random",
        metavar="N",
        type=natural,
        default=0,
        help="N random texts instead of the list of texts (default: 0)",
    )
    parser.add_argument("--seed", metavar="N", type=natural, default=0, help="of the random texts (default: 0)")
    options = parser.parsed(arguments)
    upstream = environment.Upstream.find(options.cosyvoice_dir)
    environment.require_packages()
    model_dir = environment.check_model_dir(options.model_dir)
    upstream.activate()
    from parity_capture.upstream.quiet import quiet
    from parity_capture.upstream.texts import TextFrontend, write

    with quiet():
        special = list(TextFrontend(model_dir).special_tokens())
        texts = random_texts(options.random, options.seed, special) if options.random else TEXTS
        count = write(options.out, upstream, model_dir, texts)
    print(f"Texts written: {visible(options.out)}, {count} texts")
    return 0
