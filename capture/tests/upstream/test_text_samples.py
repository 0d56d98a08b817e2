"""Texts for text frontends."""

from itertools import islice

from parity_capture.upstream.text_samples import TEXTS, random_texts


def test_texts_are_each_there_once() -> None:
    assert len(set(TEXTS)) == len(TEXTS)


def test_random_texts_of_a_seed_are_always_the_same() -> None:
    texts = list(random_texts(50, 3, ["[breath]"]))
    assert texts == list(random_texts(50, 3, ["[breath]"]))
    assert texts != list(random_texts(50, 4, ["[breath]"]))
    assert texts[:20] == list(islice(random_texts(1000, 3, ["[breath]"]), 20))


def test_random_texts_have_a_form_in_utf8_and_special_tokens() -> None:
    joined = "".join(random_texts(500, 0, ["[breath]"]))
    assert joined.encode("utf8").decode("utf8") == joined
    assert "[breath]" in joined
