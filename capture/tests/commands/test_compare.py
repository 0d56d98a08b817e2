"""The command that a capture ends with."""

import shlex
import shutil
from pathlib import Path

import pytest

from parity_capture.commands import compare
from parity_capture.commands.compare import FRONTEND, FULL, Made
from parity_capture.upstream.request import Mode, Request
from support import ROOT, asked

PARITY = str(ROOT / "parity")
ALL = "frontend,text,llm,flow,hift,end_to_end"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(request: Request, *folders: Path, files: tuple[str, ...] = (FRONTEND, FULL)) -> Made:
    for folder in folders:
        folder.mkdir(parents=True)
        for name in files:
            (folder / name).touch()
    return Made(request, list(folders))


def words(*captures: Made, out: Path = Path("out")) -> list[str]:
    (command,) = compare.commands(out, captures)
    return shlex.split(command)


def test_commands_of_one_capture_name_model_capture_recording_and_results(here: Path) -> None:
    model = here.parent / "a model"
    (command,) = compare.commands(Path("out"), [made(asked(here, model_dir=model), Path("out"))])
    rest = "--artifacts out --prompt-wav a.wav --out out"
    assert command == f"{shlex.quote(PARITY)} run --model-dir {shlex.quote(str(model))} {rest}"


def test_commands_below_the_working_folder_are_as_a_person_would_type_them(here: Path) -> None:
    found = words(made(asked(here, model_dir=here / "models/it's mine"), here / "my out"))
    assert found[1:] == (
        ["run", "--model-dir", "models/it's mine", "--artifacts", "my out", "--prompt-wav", "a.wav", "--out", "my out"]
    )


def test_commands_in_the_project_begin_as_its_pages_do(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = made(asked(here), here / "out")
    monkeypatch.chdir(ROOT)
    assert words(capture)[0] == "./parity"


def test_commands_of_a_package_elsewhere_begin_with_parity(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "PROJECT", here)
    assert words(made(asked(here), here / "out"))[0] == "parity"


def test_commands_folder_that_begins_as_an_option_is_still_a_folder(here: Path) -> None:
    found = words(made(asked(here), Path("-out")))
    assert found[found.index("--artifacts") + 1] == "./-out"


def test_commands_of_a_conversion_have_its_source(here: Path) -> None:
    found = words(made(asked(here, Mode.VC, source_wav=Path("you.wav")), here / "out"))
    assert found[found.index("--source-wav") + 1] == "you.wav"


@pytest.mark.parametrize(("files", "stages"), [((FRONTEND,), "frontend"), ((FULL,), "text,llm,flow,hift,end_to_end")])
def test_commands_of_a_part_compare_that_part(here: Path, files: tuple[str, ...], stages: str) -> None:
    found = words(made(asked(here), here / "out", files=files))
    assert found[found.index("--stages") + 1] == stages


def test_commands_of_a_later_segment_say_which(here: Path) -> None:
    found = words(made(asked(here, segment=2), here / "out"))
    assert found[found.index("--segment-index") + 1] == "2"


def test_commands_of_all_segments_are_one_each(here: Path) -> None:
    capture = made(asked(here, segment=None), Path("out/segment_0"), Path("out/segment_1"))
    first, second = map(shlex.split, compare.commands(Path("out"), [capture]))
    assert "--segment-index" not in first
    assert second[second.index("--segment-index") + 1] == "1"
    assert [c[c.index("--artifacts") + 1] for c in (first, second)] == ["out/segment_0", "out/segment_1"]


def test_commands_of_several_captures_are_one_and_put_the_recording_where_it_is_looked_for(here: Path) -> None:
    captures = [made(asked(here), Path(f"out/seed_{seed}")) for seed in range(2)]
    found = words(*captures)
    assert found[:5] == ["cp", "a.wav", "out", "&&", PARITY]
    assert found[5:] == (["many", "--model-dir", ".", "--captures", "out", "--stages", ALL, "--out", "out/runs"])
    shutil.copy("a.wav", "out")
    assert words(*captures) == found[4:]


def test_commands_of_several_captures_of_a_later_segment_are_one_each(here: Path) -> None:
    captures = [made(asked(here, segment=1), Path(f"out/seed_{seed}")) for seed in range(2)]
    assert len(compare.commands(Path("out"), captures)) == 2
