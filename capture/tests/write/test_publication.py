"""A publication that ends at any of its steps."""

from pathlib import Path

import pytest

from parity_capture.write import publication
from parity_capture.write.folder import LAST, CaptureFolder
from parity_capture.write.publication import PREFIX, PUBLISHING, Publication

EARLIER = {LAST: "earlier", "taps_llm.safetensors": "earlier", "checksums.txt": "earlier", "mine.txt": "a person's"}
NEW = {LAST: "new", "sampling.safetensors": "new", "checksums.txt": "new", "mine.txt": "a person's"}
OUTDATED = ["taps_llm.safetensors", "never_there"]


class KilledError(BaseException):
    """The end of the process: nothing is cleaned up after it."""


def read(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir() if not p.name.startswith(PREFIX) and p.exists()}


def killed(out: Path, at: int, links: bool = True) -> bool:
    """Publish the new set over the earlier one, and end before that step; whether it got there."""
    out.mkdir()
    for name, text in EARLIER.items():
        (out / name).write_text(text)
    left = [at]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError

    folder = CaptureFolder(out)
    for name, text in NEW.items():
        if name != "mine.txt":
            folder.file(name).write_text(text)
    try:
        Publication(out, folder.unfinished, LAST, links, step).run(OUTDATED)
    except KilledError:
        return True
    return False


def test_ended_at_any_step_it_leaves_the_earlier_set_or_the_new_one(tmp_path: Path) -> None:
    found: list[dict[str, str]] = []
    while True:
        out = tmp_path / str(len(found))
        more = killed(out, len(found))
        found.append(read(out))
        assert found[-1] in (EARLIER, NEW), len(found)
        publication.settle(out)
        assert read(out) == found[-1]
        assert not [p for p in out.iterdir() if p.is_symlink() and not p.name.startswith(PREFIX)]
        with CaptureFolder(out) as again:
            again.file(LAST).write_text("again")
            again.publish([])
        assert read(out) == {**found[-1], LAST: "again"}
        assert not [p for p in out.iterdir() if p.name.startswith(PREFIX) and "earlier" not in p.name]
        if not more:
            break
    assert len(found) > 20
    assert found[0] == EARLIER
    assert found[-1] == NEW


def test_without_links_an_interrupted_folder_is_marked_and_misses_what_readers_need(tmp_path: Path) -> None:
    for at in range(100):
        out = tmp_path / str(at)
        more = killed(out, at, links=False)
        if read(out) not in (EARLIER, NEW):
            assert (out / PUBLISHING).exists()
            assert not (out / LAST).exists() or read(out)[LAST] == "new" or at < 2
        if not more:
            assert read(out) == NEW
            return
    pytest.fail("it has no end")


def test_a_folder_in_a_files_place_touches_nothing(tmp_path: Path) -> None:
    (tmp_path / LAST).mkdir()
    (tmp_path / "checksums.txt").write_text("earlier")
    folder = CaptureFolder(tmp_path)
    folder.file(LAST).write_text("new")
    folder.file("checksums.txt").write_text("new")
    with pytest.raises(IsADirectoryError):
        Publication(tmp_path, folder.unfinished, LAST).run([])
    assert (tmp_path / "checksums.txt").read_text() == "earlier"


def test_exit_without_publish_removes_the_folders_that_were_made_for_it(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path / "a" / "b") as folder:
        folder.file(LAST).write_text("half")
    assert not list(tmp_path.iterdir())
