"""What a person is told who types a verb, an option or a choice that there is not."""

import pytest

from parity_capture.commands.arguments import Parser, near
from parity_capture.errors import CaptureError

MODES = ["zero-shot", "cross-lingual", "vc"]


def parser() -> Parser:
    p = Parser("variant", "For tests.")
    p.add_argument("--prompt-wav", required=True)
    p.add_argument("--prompt-text")
    p.add_argument("--streaming", action="store_true")
    p.add_choice("--mode", MODES, default="vc")
    return p


def complaint(*arguments: str) -> str:
    with pytest.raises(CaptureError) as e:
        parser().parsed(arguments)
    end = " (see parity capture variant --help)"
    assert str(e.value).endswith(end)
    return str(e.value).removesuffix(end)


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("zero_shot", "; did you mean zero-shot?"),
        ("Zero-Shot", "; did you mean zero-shot?"),
        ("cross", "; did you mean cross-lingual?"),
        ("fly", ""),
    ],
)
def test_near_names_what_may_have_been_meant(name: str, end: str) -> None:
    assert near(name, MODES) == end


def test_near_so_many_that_it_is_no_help_are_none() -> None:
    assert near("--s", ["--seed", "--seeds", "--streaming", "--segment-index"]) == ""


def test_near_what_begins_so_goes_first() -> None:
    assert near("--text", ["--tts-text", "--texts"]) == "; did you mean --texts or --tts-text?"


@pytest.mark.parametrize(
    "option", [["--promt-wav", "a.wav"], ["--promt-wav=a.wav"], ["--streaming", "--promt-wav", "a"]]
)
def test_wrong_option_is_named_and_not_the_one_that_is_then_missing(option: list[str]) -> None:
    assert complaint(*option) == "--promt-wav: no such option; did you mean --prompt-wav?"


def test_wrong_option_with_one_dash_names_the_right_one() -> None:
    assert complaint("-streaming", "--prompt-wav", "a") == "-streaming: no such option; did you mean --streaming?"


def test_wrong_option_that_is_like_none_is_only_refused() -> None:
    assert complaint("--prompt-wav", "a", "--fly") == "--fly: no such option"


def test_missing_option_is_asked_for() -> None:
    assert complaint("--streaming") == "the following arguments are required: --prompt-wav"


def test_option_where_a_value_belongs_is_not_called_a_wrong_option() -> None:
    assert complaint("--prompt-wav", "a", "--prompt-text", "--hello") == "--prompt-text: expected one argument"


def test_argument_behind_two_dashes_is_no_option() -> None:
    assert complaint("--prompt-wav", "a", "--", "--hello") == "unrecognized arguments: -- --hello"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("zero", "--mode: there is no 'zero'; did you mean zero-shot?"),
        ("fly", "--mode: there is no 'fly', only zero-shot, cross-lingual, vc"),
    ],
)
def test_wrong_choice_is_answered_with_the_near_ones_or_all(given: str, said: str) -> None:
    assert complaint("--prompt-wav", "a", "--mode", given) == said


def test_wrong_choice_of_many_without_a_near_one_does_not_list_them() -> None:
    p = Parser("faulty", "For tests.")
    p.add_choice("--kind", [f"kind-{i}" for i in range(11)], metavar="KIND")
    with pytest.raises(CaptureError, match=r"^--kind: there is no 'x' \(see parity capture faulty --help\)$"):
        p.parsed(["--kind", "x"])


def test_right_arguments_are_parsed_and_choices_have_defaults() -> None:
    given = parser().parsed(["--prompt-wav", "a", "--prompt-text=-b c"])
    assert (given.prompt_wav, given.prompt_text, given.mode) == ("a", "-b c", "vc")
    assert parser().parsed(["--prompt-wav", "a", "--mode", "zero-shot"]).mode == "zero-shot"


def test_help_lists_the_choices() -> None:
    assert "--mode {zero-shot,cross-lingual,vc}" in parser().format_help()
