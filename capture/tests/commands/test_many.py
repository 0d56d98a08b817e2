"""Which captures several seeds and texts make."""

from pathlib import Path

import pytest

pytest.importorskip("soundfile", reason="needs soundfile: make an environment with tools/setup_python.sh")

from parity_capture.commands import many
from parity_capture.errors import CaptureError
from support import asked


@pytest.mark.parametrize(
    ("text", "numbers"), [("7", [7]), ("0-3", [0, 1, 2, 3]), ("3,5,10-12", [3, 5, 10, 11, 12]), ("4-4", [4])]
)
def test_seeds_numbers_and_ranges_are_taken_in_order(text: str, numbers: list[int]) -> None:
    assert many.seeds(text) == numbers


@pytest.mark.parametrize("text", ["", "5-3", "1,1", "0-3,2", "a", "-1", "1-2-3", "1,"])
def test_seeds_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        many.seeds(text)


def test_texts_are_lines_without_the_empty_ones(tmp_path: Path) -> None:
    file = tmp_path / "texts"
    file.write_text("Hello.\n\n  你好。 \n", encoding="utf-8")
    assert many.texts(file) == ["Hello.", "你好。"]


def test_texts_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    file = tmp_path / "texts"
    with pytest.raises(CaptureError, match=r"--texts .*texts: cannot be read \(No such file or directory\)"):
        many.texts(file)
    file.write_bytes(b"Gr\xfc\xdfe")
    with pytest.raises(CaptureError, match=r"--texts .*: is not UTF-8 \(byte 2\)"):
        many.texts(file)
    file.write_text("\n")
    with pytest.raises(CaptureError, match="has no text; write one a line"):
        many.texts(file)


def test_requests_each_text_with_each_seed_has_a_folder(tmp_path: Path) -> None:
    whole = asked(tmp_path)
    made = many.requests(whole, ["One.", "Two."], [0, 7])
    assert [(r.tts_text, r.seed, r.out.name) for r in made] == [
        ("One.", 0, "text_0_seed_0"),
        ("One.", 7, "text_0_seed_7"),
        ("Two.", 0, "text_1_seed_0"),
        ("Two.", 7, "text_1_seed_7"),
    ]
    assert [r.out.name for r in many.requests(whole, [], [3])] == ["seed_3"]
    assert [r.out.name for r in many.requests(whole, ["One."], [])] == ["text_0"]
    assert many.requests(whole, [], []) == [whole]


def test_requests_recording_that_upstream_refuses_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"none\.wav: no such file"):
        many.requests(asked(tmp_path, prompt_wav=tmp_path / "none.wav"), ["One.", "Two."], [])


def test_texts_of_a_file_with_a_byte_order_mark_are_without_it(tmp_path: Path) -> None:
    file = tmp_path / "texts"
    file.write_text("\ufeffOne two.\n\nThree.\n", encoding="utf-8")
    assert many.texts(file) == ["One two.", "Three."]
