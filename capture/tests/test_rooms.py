"""The rooms of parity_capture, and which may import which; a package or an arrow that is not listed here fails.

Sources are read, not imported, so that nothing need be installed.
"""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from support import SOURCES

PACKAGE = "parity_capture"
HOME = SOURCES / PACKAGE
MOST_MODULES = 20

# Each package, and each module at the root, with what it imports of the others; these stand above it.
ROOMS: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "interrupts": set(),
    "visible": set(),
    "write": {"__init__", "errors", "interrupts"},
    "tap": {"interrupts", "write"},
    "faulty": set(),
    "upstream": {"__init__", "errors", "faulty", "interrupts", "tap", "visible", "write"},
    "legal": {"errors", "tap", "upstream", "write"},
    "model_maker": {"errors", "interrupts", "tap", "upstream"},
    "commands": {"errors", "faulty", "legal", "model_maker", "tap", "upstream", "visible"},
    "cli": {"commands", "errors", "interrupts", "visible"},
    "__main__": {"cli"},
}


def packages() -> dict[str, list[Path]]:
    """Every folder with Python in it, by its path in the package, and its modules."""
    found: dict[str, list[Path]] = {}
    for file in sorted(HOME.rglob("*.py")):
        found.setdefault(file.parent.relative_to(HOME).as_posix(), []).append(file)
    return found


def room(file: Path) -> str:
    """The room that a source file belongs to."""
    inside = file.relative_to(HOME)
    return inside.parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """The rooms that a source names: imports wherever they stand, and modules that are named to be imported later."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (_room(name.name) for name in names if name.name.split(".")[0] == PACKAGE)
            case ast.ImportFrom(level=level) if level:
                raise ValueError("a relative import: write whole names")
            case ast.ImportFrom(module=module, names=names) if module == PACKAGE:
                yield from (_room(f"{PACKAGE}.{name.name}") for name in names)
            case ast.ImportFrom(module=str(module)) if module.startswith(f"{PACKAGE}."):
                yield _room(module)
            case ast.Constant(value=str(text)) if re.fullmatch(rf"{PACKAGE}(\.\w+)+", text):
                yield _room(text)


def _room(module: str) -> str:
    """What is imported of the package itself (`__version__`) is of its `__init__`."""
    name = module.partition(".")[2].partition(".")[0]
    return name if (HOME / name).is_dir() or (HOME / f"{name}.py").is_file() else "__init__"


def test_packages_are_those_listed() -> None:
    rooms = {name for name in packages() if name != "."} | {file.stem for file in packages()["."]}
    assert rooms == ROOMS.keys()


def test_imports_of_each_room_are_those_listed() -> None:
    found: dict[str, set[str]] = {}
    for files in packages().values():
        for file in files:
            imports = set(imported(file.read_text(encoding="utf-8"))) - {room(file)}
            found.setdefault(room(file), set()).update(imports)
    assert found == ROOMS


def test_arrows_go_one_way() -> None:
    order = list(TopologicalSorter(ROOMS).static_order())
    assert order.index("write") < order.index("tap") < order.index("upstream") < order.index("commands")


@pytest.mark.parametrize("name", packages())
def test_room_is_taken_in_at_a_glance_and_says_what_lives_there(name: str) -> None:
    files = packages()[name]
    assert len(files) <= MOST_MODULES
    (init,) = (file for file in files if file.stem == "__init__")
    assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))


def test_tests_stand_in_rooms() -> None:
    folders = {file.parent.name for file in Path(__file__).parent.glob("*/test_*.py")}
    assert folders - {"tools"} <= ROOMS.keys()  # those of the project's own tools/


@pytest.mark.parametrize(
    ("source", "rooms"),
    [
        ("from parity_capture.tap.keep import Level", ["tap"]),
        ("import parity_capture.write.store", ["write"]),
        ("from parity_capture import errors, __version__", ["errors", "__init__"]),
        ("def late():\n    from parity_capture.upstream import llm", ["upstream"]),
        ("later = 'parity_capture.commands.capture'", ["commands"]),
        ("'of parity_capture.commands.'; import os; from pathlib import Path; import parity_captured", []),
    ],
)
def test_imported_sees_imports_wherever_they_stand(source: str, rooms: list[str]) -> None:
    assert list(imported(source)) == rooms


def test_imported_relative_is_refused() -> None:
    with pytest.raises(ValueError, match="relative"):
        list(imported("from .tap import keep"))
