#!/usr/bin/env bash
# The harness on the sample, and a port in C.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

out="$scratch/with blanks"
expect "the harness on the sample" 0 "Parity artifacts and logs saved to: $out" "$run" "$out"
holds "the harness on the sample" "$out" frontend_artifacts.safetensors debug_artifacts.safetensors \
  debug_artifacts.wav check_text.log check_frontend.log test_llm.log test_flow.log test_hift.log report.html report.json junit.xml native.wav
expect "it says that the weights are random" 0 "its weights are random" "$root/parity" llm --out "$scratch/llm"
expect "the native side again on its results, in an empty environment" 0 "Native parity logs saved to: $out" bare "$only" "$out"
expect "a relative OUT_DIR" 2 "saved to: relative" env -C "$scratch" "${brief[@]}" "$run" relative
holds "a relative OUT_DIR" "$scratch/relative" report.json
expect "skipped stages" 2 "skipped by SKIP_NATIVE_FLOW=1" "${brief[@]}" "$run" "$scratch/skipped"
expect "skipped stages that are allowed" 0 "PASS (exit 0)" "${brief[@]}" "$root/parity" run --allow-skips --out "$scratch/skipped"
expect "artifacts that are not there" 3 "debug_artifacts.safetensors" "$only" "$scratch/nothing"
touch "$scratch/file"
expect "OUT_DIR is a file" 3 "is a file" "$run" "$scratch/file"

# A fault in our own code, which the classes of the jar get.
expect "a fault in our own code is seen" 0 "1 faults: 1 seen" "$root/parity" code-score --packages cosyvoice.llm --sites 1 --seed 3

taps=$root/samples/capture/taps_hift.safetensors
expect "two files that are the same" 0 "PASS (exit 0)" "$root/parity" diff "$taps" "$taps"
expect "two files with nothing in common" 2 "nothing was compared" "$root/parity" diff "$taps" "$root/samples/model/flow.pt"
expect "classes ready to be mapped" 0 "" test -s "$root/harness/target/diff.aot"

# The example port, right and with a mistake in it.
if command -v gcc >/dev/null; then
  port="$scratch/port --in {inputs} --out {outputs}" names=$root/examples/c_port/names.yaml
  expect "the example port is built" 0 "" gcc -O2 -Wall -Wextra -Werror -o "$scratch/port" "$root/examples/c_port/port.c" -lm
  expect "the example port is right as far as it goes" 2 "5 PASS, 0 VACUOUS, 0 FAIL" \
    "$root/parity" flow --candidate "$port" --names "$names" --out "$scratch/ported"
  expect "a mistake is put in" 0 "" gcc -O2 -DSLOPE=0.1f -o "$scratch/port" "$root/examples/c_port/port.c" -lm
  expect "the mistake is found" 1 "first divergence: flow.pre_lookahead_layer.conv2" \
    "$root/parity" flow --candidate "$port" --names "$names" --out "$scratch/ported"
else
  skip 4 "the example port (there is no gcc)"
fi

# The same in PyTorch, where there is one.
. "$root/tools/lib/python.sh"
if find_capture_python "$root" 2>/dev/null && "$python" -c 'import safetensors, torch' 2>/dev/null; then
  port="$python $root/examples/pytorch_port/port.py --in {inputs} --out {outputs}"
  declared=$root/examples/pytorch_port/expected.txt
  expect "the port in PyTorch is right in what is declared" 0 "PASS (exit 0) of 5 declared tensors; 154 are out of scope" \
    "$root/parity" flow --candidate "$port" --expect "$declared" --out "$scratch/ported"
  expect "its mistake is found" 1 "first divergence: flow.pre_lookahead_layer.conv2" \
    env SLOPE=0.1 "$root/parity" flow --candidate "$port" --expect "$declared" --out "$scratch/ported"
else
  skip 2 "the example port in PyTorch (tools/setup_python.sh makes a Python with it)"
fi

tally
