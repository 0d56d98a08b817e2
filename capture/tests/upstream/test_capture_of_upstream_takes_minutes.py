"""Captures of a tiny model, made by upstream: what they hold, that they are repeatable, how they end when they fail.

Each capture loads torch and upstream anew, which takes about ten seconds; hence the name.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from support import ROOT, SOURCES, SYSTEM, WAV, capture, files, needs_upstream, opened, run

np = pytest.importorskip("numpy", reason="needs numpy: make an environment with tools/setup_python.sh")
pytest.importorskip("safetensors", reason="needs safetensors: tools/setup_python.sh")

pytestmark = needs_upstream
PARTS = ("llm", "flow", "hift")


def tensors(file: Path) -> dict[str, Any]:
    return opened(file)[1]


def metadata(file: Path) -> dict[str, str]:
    return opened(file)[0]


@pytest.fixture(scope="module")
def zero_shot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return capture(model, tmp_path_factory.mktemp("captures") / "zero-shot")


@pytest.fixture(scope="module")
def streaming(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("captures") / "streaming"
    return capture(model, out, "--streaming", "--mode", "vc", "--source-wav", WAV)


def test_capture_twice_gives_identical_bytes(model: Path, zero_shot: Path, tmp_path: Path) -> None:
    assert files(capture(model, tmp_path / "again")) == files(zero_shot)


def test_text_without_the_system_prompt_is_captured_as_if_it_had_it(
    model: Path, zero_shot: Path, tmp_path: Path
) -> None:
    out = capture(model, tmp_path / "out", "--prompt-text", "The quick brown fox jumps.")
    assert files(out) == files(zero_shot)


def test_every_tap_has_both_truths_and_a_place_in_order(zero_shot: Path) -> None:
    for part in PARTS:
        taps = tensors(zero_shot / f"taps_{part}.safetensors")
        for truth in (f"truth_{part}", f"truth_{part}_cumulative"):
            file = zero_shot / f"{truth}.safetensors"
            assert {n: t.shape for n, t in tensors(file).items()} == {n: t.shape for n, t in taps.items()}
            assert json.loads(metadata(file)["order"]) == json.loads(
                metadata(zero_shot / f"taps_{part}.safetensors")["order"]
            )


def test_inputs_are_of_kept_taps_and_repeat_neither_a_tap_nor_an_input(zero_shot: Path, streaming: Path) -> None:
    for folder, parts in ((zero_shot, PARTS), (streaming, PARTS[1:])):
        for part in parts:
            taps, inputs = (tensors(folder / f"{kind}_{part}.safetensors") for kind in ("taps", "inputs"))
            assert sorted(json.loads(metadata(folder / f"inputs_{part}.safetensors")["order"])) == sorted(inputs)
            seen = {(str(t.dtype), t.shape, t.tobytes()) for t in inputs.values()}
            assert len(seen) == len(inputs)
            for name in inputs:
                tap = re.sub(r":\w+", "", name)
                assert {tap, re.sub(r"(#|$)", r".0\1", tap, count=1)} & taps.keys(), name


def test_input_and_weights_give_the_tap(model: Path, zero_shot: Path) -> None:
    torch = pytest.importorskip("torch")
    weights = torch.load(model / "flow.pt", weights_only=True)
    taps, inputs = (tensors(zero_shot / f"{kind}_flow.safetensors") for kind in ("taps", "inputs"))
    module = "decoder.estimator.transformer_blocks.0.attn.to_out.0"
    for call in ("#0", "#5"):
        given = inputs[f"flow.{module}:input{call}"].astype(np.float64)
        exact = given @ weights[f"{module}.weight"].double().numpy().T + weights[f"{module}.bias"].double().numpy()
        assert np.abs(exact - taps[f"flow.{module}{call}"]).max() < 1e-5 * np.abs(exact).max()


def test_truth_of_modules_with_a_cache_is_rounding_only(zero_shot: Path) -> None:
    taps, truth = tensors(zero_shot / "taps_llm.safetensors"), tensors(zero_shot / "truth_llm.safetensors")
    cached = [name for name in taps if "self_attn.0#" in name]
    assert len({name.split("#")[1] for name in cached}) == 2
    for name in cached:
        wide, tap = truth[name].astype(np.float64), taps[name].astype(np.float64)
        assert 0 < np.sqrt((wide**2).mean()) < 2e-6 * np.sqrt((tap**2).mean()), name


def test_checksums_are_those_of_every_tensor(zero_shot: Path) -> None:
    lines = [line.split(" ") for line in (zero_shot / "checksums.txt").read_text().splitlines()]
    said = {(file, name): digest for digest, file, name in lines}
    for file in zero_shot.glob("*.safetensors"):
        for name, tensor in tensors(file).items():
            assert said.pop((file.name, name)) == hashlib.sha256(tensor.tobytes()).hexdigest()
    assert not said


def test_watching_upstream_does_not_change_what_it_says(model: Path, zero_shot: Path, tmp_path: Path) -> None:
    script = ROOT / "tools" / "bench" / "speak_upstream.py"
    prompt_text, text = SYSTEM + "The quick brown fox jumps.", "Hello! This is a test for parity verification."
    argv = ["speak_upstream.py", str(model), str(WAV), prompt_text, text, "0", "2"]
    code = (
        f"import sys, runpy, numpy; sys.argv = {argv!r}; said = runpy.run_path({str(script)!r})['said']; "
        f"numpy.save({str(tmp_path / 'said.npy')!r}, said['tts_speech'].numpy())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    captured = tensors(zero_shot / "debug_artifacts.safetensors")["python_audio_output"]
    assert np.load(tmp_path / "said.npy").tobytes() == captured.tobytes()


def test_metadata_says_what_made_it(model: Path, zero_shot: Path) -> None:
    said = metadata(zero_shot / "debug_artifacts.safetensors")
    assert said["mode"] == "zero-shot"
    assert (said["streaming"], said["seed"], said["threads"], said["n_timesteps"]) == ("false", "0", "2", "10")
    assert (said["f0_precision"], said["voiced_threshold"]) == ("float64", "10")
    assert said["sha256 flow.pt"] == hashlib.sha256((model / "flow.pt").read_bytes()).hexdigest()
    assert said["prompt_wav_sha256"] == hashlib.sha256(WAV.read_bytes()).hexdigest()
    for file in zero_shot.glob("*.safetensors"):
        assert {k: v for k, v in metadata(file).items() if k != "order"} == said


def test_sampling_explains_every_token(zero_shot: Path) -> None:
    drawn, full = tensors(zero_shot / "sampling.safetensors"), tensors(zero_shot / "debug_artifacts.safetensors")
    ends = np.cumsum(drawn["size"])
    for end, size, index in zip(ends, drawn["size"], drawn["index"], strict=True):
        ratio = drawn["prob"][end - size : end] / drawn["draw"][end - size : end]
        assert int(ratio.argmax()) == index
    assert len(drawn["token"]) == len(full["llm_logp"])
    spoken = full["speech_tokens"].shape[1]
    assert drawn["token"][:spoken].tolist() == full["speech_tokens"][0].tolist()


def test_streaming_chunks_add_up_to_the_utterance(streaming: Path) -> None:
    chunks, full = tensors(streaming / "chunks.safetensors"), tensors(streaming / "debug_artifacts.safetensors")
    count = len(chunks["token_offset"])
    assert count >= 2
    assert metadata(streaming / "chunks.safetensors")["chunks"] == str(count)
    assert chunks["finalize"].tolist() == [False] * (count - 1) + [True]
    assert chunks["streaming"].tolist() == [True] * (count - 1) + [False]
    mel, audio = [], []
    for i in range(count):
        token = chunks[f"token#{i}"]
        assert token.tolist() == full["token"][:, : token.shape[1]].tolist()
        mel.append(chunks[f"python_flow_output#{i}"][:, :, 2 * chunks["token_offset"][i] :])
        assert np.concatenate(mel, 2).tobytes() == chunks[f"speech_feat#{i}"].tobytes()
        audio.append(chunks[f"python_audio_output#{i}"][:, chunks["speech_offset"][i] :])
        frames = chunks[f"attn_mask#{i}"].shape[0]
        assert frames == full["prompt_feat"].shape[1] + chunks[f"python_flow_output#{i}"].shape[2]
    assert np.concatenate(audio, 1).tobytes() == full["python_audio_output"].tobytes()
    assert np.concatenate(mel, 2).tobytes() == full["python_flow_output"].tobytes()
    assert chunks[f"attn_mask#{count - 1}"].all()
    assert not chunks["attn_mask#0"].all()


def test_streaming_taps_are_of_the_first_and_the_final_chunk(streaming: Path) -> None:
    count = len(tensors(streaming / "chunks.safetensors")["token_offset"])
    block = "flow.decoder.estimator.transformer_blocks.0#"
    taps = tensors(streaming / "taps_flow.safetensors")
    last = 10 * (count - 1)
    assert sorted(int(n[len(block) :]) for n in taps if n.startswith(block)) == [0, 5, last, last + 5]
    assert {n for n in taps if n.startswith("flow.decoder.estimator#")} == {
        f"flow.decoder.estimator#{k}" for k in range(10 * count)
    }


def test_cross_lingual_and_instruct2_leave_the_prompt_speech_out_of_the_llm(model: Path, tmp_path: Path) -> None:
    for mode, texts in (("cross-lingual", 0), ("instruct2", 1)):
        full = tensors(
            capture(model, tmp_path / mode, "--mode", mode, "--taps", "none", "--no-truth")
            / "debug_artifacts.safetensors"
        )
        assert full["llm_prompt_speech_token"].shape == (1, 0)
        assert (full["prompt_text"].shape[1] > 0) == bool(texts)
        assert full["prompt_feat"].shape[1] == 2 * full["prompt_token"].shape[1]
        assert not list((tmp_path / mode).glob("[ti]*_*.safetensors"))


def test_vc_takes_the_tokens_of_the_source(model: Path, tmp_path: Path) -> None:
    out = capture(model, tmp_path / "vc", "--mode", "vc", "--source-wav", WAV)
    full, front = tensors(out / "debug_artifacts.safetensors"), tensors(out / "frontend_artifacts.safetensors")
    assert full["token"].tolist() == front["source_speech_tokens"].tolist()
    assert full["prompt_feat"].tobytes() == front["speech_feat"].tobytes()
    assert not {"text", "speech_tokens", "llm_logp"} & full.keys()
    assert not list(out.glob("*llm*"))


def test_all_segments_are_captured_each_as_if_alone(model: Path, tmp_path: Path) -> None:
    sentence = "the quick brown fox jumps over the lazy dog and is a test for parity verification " * 3
    text = f"{sentence}. {sentence}."
    alone = capture(model, tmp_path / "one", "--tts-text", text, "--segment-index", "1", "--taps", "none")
    both = capture(model, tmp_path / "all", "--tts-text", text, "--segment-index", "all", "--taps", "none")
    segments = json.loads(metadata(alone / "debug_artifacts.safetensors")["segments"])
    assert len(segments) >= 2
    assert sorted(p.name for p in both.iterdir()) == [f"segment_{i}" for i in range(len(segments))]
    assert files(both / "segment_1") == files(alone)


def test_segment_out_of_range_and_no_segment_are_said(model: Path, tmp_path: Path) -> None:
    asked = ("capture", "--model-dir", model, "--prompt-wav", WAV, "--out", tmp_path / "out")
    done = run(*asked, "--segment-index", "3")
    assert (done.returncode, (tmp_path / "out").exists()) == (3, False)
    assert "--segment-index 3: the text has 1 segment, 0 to 0; give one of these, or all" in done.stderr
    done = run(*asked, "--tts-text", "?!")
    assert done.returncode == 3
    assert "leaves no segment of it to speak" in done.stderr


def test_disk_full_is_said_and_leaves_the_earlier_capture(model: Path, zero_shot: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "out"
    earlier.mkdir()
    for name, data in files(zero_shot).items():
        (earlier / name).write_bytes(data)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))"
    done = run("capture", "--model-dir", model, "--prompt-wav", WAV, "--threads", "2", "--out", earlier, before=limit)
    assert done.returncode == 3, done.stderr
    assert f"{earlier}: the disk is full; nothing was written" in done.stderr
    assert files(earlier) == files(zero_shot)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_half_way_leaves_nothing(model: Path, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "parity_capture",
        "capture",
        "--model-dir",
        str(model),
        "--prompt-wav",
        str(WAV),
    ]
    process = subprocess.Popen(
        [*command, "--taps", "all", "--out", str(out)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while not list(out.glob(".parity-unfinished-*/taps_flow.spool")):
        assert time.monotonic() < deadline
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(60) != 0
    assert not list(out.iterdir())


def test_many_captures_in_one_go_are_the_single_ones_to_the_byte(model: Path, zero_shot: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.write_text("One two.\nHello! This is a test for parity verification.\n", encoding="utf-8")
    out = capture(model, tmp_path / "many", "--texts", texts, "--seeds", "1,0")
    assert sorted(p.name for p in out.iterdir()) == [f"text_{t}_seed_{s}" for t in (0, 1) for s in (0, 1)]
    assert files(out / "text_1_seed_0") == files(zero_shot)


def test_batch_of_other_modes_is_the_single_captures_to_the_byte(
    model: Path, zero_shot: Path, streaming: Path, tmp_path: Path
) -> None:
    common = ["--model-dir", str(model), "--threads", "2", "--prompt-wav", str(WAV)]
    asked = [
        [*common, "--out", str(tmp_path / "none"), "--tts-text", "hello", "--segment-index", "9"],
        [*common, "--out", str(tmp_path / "streaming"), "--streaming", "--mode", "vc", "--source-wav", str(WAV)],
        [*common, "--out", str(tmp_path / "zero-shot")],
    ]
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(asked))
    done = run("batch", file)
    assert done.returncode == 0, done.stderr
    assert "1 of 3: none: left out: " in done.stderr
    assert "3 of 3: zero-shot: captured" in done.stderr
    assert not (tmp_path / "none").exists()
    assert files(tmp_path / "streaming") == files(streaming)
    assert files(tmp_path / "zero-shot") == files(zero_shot)
