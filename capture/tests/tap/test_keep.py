"""Which calls the levels keep."""

from parity_capture.tap.keep import KeepLlm, KeepSpeech, Level

BLOCK = "flow.decoder.estimator.transformer_blocks.0"


def kept(keep: KeepSpeech, path: str, calls: int) -> list[int]:
    return [call for call in range(calls) if keep(path, call)]


def speech(level: Level = Level.BOUNDARY, steps: int = 10) -> KeepSpeech:
    keep = KeepSpeech(level)
    keep.euler_steps = steps
    return keep


def test_llm_boundary_keeps_the_prompt_and_the_middle_step() -> None:
    keep = KeepLlm(Level.BOUNDARY, steps=43)
    assert [call for call in range(43) if keep("llm.llm_decoder", call)] == [0, 21]


def test_llm_single_step_keeps_it_once() -> None:
    keep = KeepLlm(Level.BOUNDARY, steps=1)
    assert keep("llm.llm_decoder", 0)


def test_boundary_inside_the_estimator_keeps_first_and_middle_euler_step() -> None:
    assert kept(speech(), BLOCK, 10) == [0, 5]
    assert kept(speech(steps=1), BLOCK, 1) == [0]


def test_boundary_estimator_and_solver_keep_every_step() -> None:
    assert kept(speech(), "flow.decoder.estimator", 10) == list(range(10))
    assert kept(speech(), "flow.decoder.solve_euler.x", 10) == list(range(10))


def test_boundary_of_several_chunks_keeps_the_first_and_the_final_one() -> None:
    keep = speech()
    assert kept(keep, BLOCK, 20) == [0, 5]
    assert kept(keep, "flow.pre_lookahead_layer", 2) == [0]
    keep.final = True
    assert [call for call in range(20, 30) if keep(BLOCK, call)] == [20, 25]
    assert keep("flow.pre_lookahead_layer", 2)


def test_boundary_leaves_out_the_inside_of_residual_blocks() -> None:
    assert not speech()("hift.resblocks.0.convs1.0", 0)
    assert not speech()("hift.source_resblocks.2.activations1.0", 0)
    assert speech()("hift.resblocks.0", 0)


def test_all_and_none_are_what_they_say() -> None:
    assert kept(speech(Level.ALL), BLOCK, 4) == [0, 1, 2, 3]
    assert speech(Level.ALL)("hift.resblocks.0.convs1.0", 0)
    assert not speech(Level.NONE)("flow.decoder.estimator", 0)
    assert not KeepLlm(Level.NONE, 3)("llm.llm_decoder", 0)
