from pathlib import Path

from parity_capture.tap.lines import lines_seen

SOURCE = """def normalize(text, add):
    text = text.strip()
    if add:
        text += "."
    texts = [text, ""]
    texts = [each for each in texts if each]
    return texts


def other(text):
    return text + "!"
"""


def run(folder: Path, file: str = "front.py", watched: str = "front.py") -> dict[str, dict[str, list[int]]]:
    (folder / file).write_text(SOURCE)
    names: dict[str, object] = {}
    exec(compile(SOURCE, str(folder / file), "exec"), names)
    with lines_seen(folder, (watched,)) as lines:
        names["normalize"](" a ", True)  # type: ignore[operator]
        names["normalize"]("b.", False)  # type: ignore[operator]
    names["other"]("unseen")  # type: ignore[operator]
    return lines.by_file()


def test_lines_seen_counts_what_ran_and_what_changed_the_text(tmp_path: Path) -> None:
    lines = run(tmp_path)["front.py"]
    assert lines["2"] == [2, 1]
    assert lines["4"] == [1, 1]
    assert lines["6"][1] == 2
    assert lines["7"] == [2, 0]
    assert "11" not in lines


def test_lines_seen_of_another_file_are_none(tmp_path: Path) -> None:
    assert run(tmp_path, watched="another.py") == {}


def test_lines_seen_leaves_the_tracer_that_was_there(tmp_path: Path) -> None:
    import sys

    before = sys.gettrace()
    run(tmp_path)
    assert sys.gettrace() is before
