"""Attacks on the commands, on the sample: see tools/attack."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

TRACED = "rename,renameat,renameat2"
STACK = ("Exception in thread", "\tat ", "    at ", "Traceback (most recent")
MOST_RENAMES = 400
SECONDS_TO_STOP = 10


class Attacks:
    """What was tried, and what came of it."""

    def __init__(self, root: Path, scratch: Path, short: bool) -> None:
        self.root, self.scratch, self.short = root, scratch, short
        self.model, self.wav = root / "samples/model", root / "samples/prompt.wav"
        self.captured = root / "samples/capture"
        self.held = self.failed = 0
        # Its own jar, as the script would build in between.
        java = Path(os.environ["JAVA_HOME"], "bin/java")
        options = ["-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"]
        options += ["--sun-misc-unsafe-memory-access=allow"]
        self.parity = [str(java), *options, "-jar", str(root / "harness/target/parity.jar")]

    def check(self, what: str, holds: bool, said: str = "") -> None:
        """Count one expectation."""
        if holds:
            self.held += 1
            return
        self.failed += 1
        print(f"FAILED {what}", *(f"    {line[:300]}" for line in said.splitlines()[-8:]), sep="\n", flush=True)

    def ends(self, what: str, code: int, command: list[str], **options: object) -> None:
        """The command ends with the code, in one line where that is 3, and never with a stack trace."""
        arguments: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        done = subprocess.run(command, timeout=300, check=False, **arguments)  # type: ignore[call-overload]
        said = (done.stderr or b"").decode(errors="replace")
        self.check(f"{what}: exit {done.returncode}, expected {code}", done.returncode == code, said)
        self.check(f"{what}: a stack trace", not any(mark in said for mark in STACK), said)
        if code == 3:
            self.check(f"{what}: one line", len(said.strip().splitlines()) == 1, said)

    def run_command(
        self, out: Path, model: Path | None = None, capture: Path | None = None, stages: str = "hift"
    ) -> list[str]:
        """`parity run` on the sample."""
        given = ["--model-dir", str(model or self.model), "--artifacts", str(capture or self.captured)]
        return [*self.parity, "run", "--stages", stages, *given, "--prompt-wav", str(self.wav), "--out", str(out)]

    def speak_command(self, out: Path, text: str, model: Path | None = None) -> list[str]:
        """`parity synthesize` of the sample, which keeps a voice too."""
        voice = ["--prompt-wav", str(self.wav), "--prompt-text", "The quick brown fox jumps."]
        voice += ["--save-voice", str(out / "voice.safetensors")]
        spoken = ["--text", text, "--seed", "869", "-o", str(out / "speech.wav")]
        return [*self.parity, "synthesize", "--model-dir", str(model or self.model), *voice, *spoken]

    def capture_command(self, out: Path, seed: int) -> list[str]:
        """`parity capture` on the sample, as short as it can be."""
        asked = ["--model-dir", str(self.model), "--prompt-wav", str(self.wav), "--taps", "none", "--no-truth"]
        return [*self.parity, "capture", *asked, "--seed", str(seed), "--out", str(out)]

    def can_capture(self) -> bool:
        """Whether there is a Python that captures."""
        done = subprocess.run([*self.parity, "capture", "check"], capture_output=True, check=False)
        if done.returncode != 0:
            print(f"not tried: capture: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
        return done.returncode == 0


def files_of(folder: Path) -> dict[str, bytes]:
    """What a person sees in a folder, through links."""
    found = [p for p in folder.iterdir() if not p.name.startswith(".") and p.is_file()]
    return {p.name: p.read_bytes() for p in found}


def leftovers(folder: Path) -> list[str]:
    """What no result is."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


def without_space(folder: Path) -> bool:
    """Whether a full file system can be put there."""
    return (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
        == 0
    )


def killed_at_renames(
    a: Attacks, what: str, earlier: Path, after: Path, command: Callable[[Path], list[str]], sets: bool
) -> None:
    """Kill a command at its first rename, its second, and so on, each time over `earlier`."""
    old, new = files_of(earlier), files_of(after)
    kills = kept = step = 0
    out = a.scratch / "now"
    while step < MOST_RENAMES:
        step += 7 if a.short and kills else 1
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(earlier, out)
        trace = ["strace", "-f", "-qqq", "-o", os.devnull, "-e", f"trace={TRACED}"]
        trace += ["-e", f"inject={TRACED}:signal=SIGKILL:when={step}"]
        done = subprocess.run([*trace, *command(out)], capture_output=True, check=False)
        found = files_of(out)
        said = done.stderr.decode(errors="replace")
        if sets:
            differ = sorted(n for n in old | new if found.get(n) not in (old.get(n), new.get(n)))
            a.check(f"{what}, rename {step}: neither set ({differ or 'mixed'})", found in (old, new), said)
        else:
            for name in old:
                whole = found.get(name) in (old[name], new[name])
                a.check(f"{what}, rename {step}: {name} is neither the old nor the new one", whole, said)
        # Of a capture Python is killed, and `parity` says so.
        if done.returncode not in (-signal.SIGKILL, 128 + signal.SIGKILL) and "killed by signal 9" not in said:
            break
        kills, kept = kills + 1, kept + (found == old)
    print(f"{what}: {kills} kills at a rename; the earlier set stood {kept} times, another {kills - kept}", flush=True)
    a.check(f"{what}: the last run leaves nothing unfinished: {leftovers(out)}", not leftovers(out))


def renames(a: Attacks) -> None:
    """Kills at every rename."""
    if not shutil.which("strace"):
        print("not tried: renames: there is no strace; install it")
        return
    old, new = a.scratch / "old", a.scratch / "new"
    flawed = a.scratch / "flawed"
    shutil.copytree(a.model, flawed)
    spoil(flawed / "hift.pt")
    subprocess.run([*a.run_command(old, flawed), "--force-model"], capture_output=True, check=False)
    shutil.copytree(old, new)
    subprocess.run(a.run_command(new), capture_output=True, check=False)
    verdicts = [json.loads((f / "report.json").read_text())["verdict"] for f in (old, new)]
    a.check(f"run: a wrong and a right run to begin with: {verdicts}", verdicts == ["FAIL", "PASS"])
    killed_at_renames(a, "run", old, new, a.run_command, sets=True)

    voices = [a.scratch / "voices_old", a.scratch / "voices_new"]
    for folder, text in zip(voices, ("Hello.", "Good day."), strict=True):
        folder.mkdir()
        subprocess.run(a.speak_command(folder, text), capture_output=True, check=False)
    killed_at_renames(a, "synthesize --save-voice", *voices, lambda out: a.speak_command(out, "Good day."), sets=False)
    if not a.short and a.can_capture():
        captures = [a.scratch / "capture_old", a.scratch / "capture_new"]
        for seed, folder in enumerate(captures):
            subprocess.run(a.capture_command(folder, seed), capture_output=True, check=False)
        killed_at_renames(a, "capture", *captures, lambda out: a.capture_command(out, 1), sets=True)


def spoil(checkpoint: Path) -> None:
    """Flip a bit of a float in the middle of a checkpoint, and the sum that the zip file has of it."""
    with zipfile.ZipFile(checkpoint) as archive:
        members = {info: archive.read(info) for info in archive.infolist()}
    largest = max(members, key=lambda info: info.file_size)
    data = bytearray(members[largest])
    data[len(data) // 8 * 4 + 3] ^= 0x80
    members[largest] = bytes(data)
    with zipfile.ZipFile(checkpoint, "w", zipfile.ZIP_STORED) as archive:
        for info, content in members.items():
            archive.writestr(info.filename, content)


def stops(a: Attacks) -> None:
    """Ctrl-C at several moments."""
    moments = (0.5, 2.0) if a.short else (0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
    for what, command in (
        ("run", lambda out: a.run_command(out, stages="llm,flow,hift")),
        ("synthesize", lambda out: a.speak_command(out, "This is said for as long as it takes. " * 20)),
    ):
        for moment in moments:
            out = a.scratch / f"stopped-{what}-{moment}"
            if what == "synthesize":
                out.mkdir()
            process = subprocess.Popen(
                command(out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=_hear_interrupts
            )
            time.sleep(moment)
            process.send_signal(signal.SIGINT)
            begun = time.monotonic()
            said = (process.communicate()[1] or b"").decode(errors="replace")
            took = time.monotonic() - begun
            name = f"{what}, interrupted after {moment} s"
            a.check(f"{name}: {took:.1f} s to end", took < SECONDS_TO_STOP, said)
            a.check(f"{name}: exit {process.returncode}", process.returncode in (130, 0), said)
            a.check(f"{name}: a stack trace", not any(mark in said for mark in STACK), said)
            left = leftovers(out) if out.exists() else []
            a.check(f"{name}: nothing unfinished stays: {left}", not left)
            empty = what == "run" and out.exists() and not list(out.iterdir())
            a.check(f"{name}: no empty folder stays", not empty)


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def orphans(a: Attacks) -> None:
    """The parent of a capture is killed."""
    if not a.can_capture():
        return
    for moment in (8.0,) if a.short else (2.0, 6.0, 10.0, 14.0):
        out = a.scratch / f"orphan-{moment}"
        process = subprocess.Popen(a.capture_command(out, 0), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
        children = found.stdout.split()
        process.kill()
        process.wait()
        end = time.monotonic() + 20
        while any(Path("/proc", child).exists() for child in children) and time.monotonic() < end:
            time.sleep(0.1)
        alive = [child for child in children if Path("/proc", child).exists()]
        a.check(f"capture, parent killed after {moment} s: Python {alive} ends", not alive)
        written = sorted(p.name for p in out.iterdir()) if out.exists() else []
        a.check(f"capture, parent killed after {moment} s: nothing is written, found {written}", not written)


def full(a: Attacks) -> None:
    """Full disks, and a pipe that nobody reads."""
    tensors = str(a.captured / "taps_llm.safetensors")
    for verb in (["inspect", tensors], ["diff", tensors, tensors], ["inspect", tensors, "--json"], ["--help"]):
        with Path("/dev/full").open("wb") as nowhere:
            a.ends(f"{verb[0]} into a full disk", 3, [*a.parity, *verb], stdout=nowhere)
        read, write = os.pipe()
        os.close(read)
        a.ends(f"{verb[0]} into a closed pipe", 141, [*a.parity, *verb], stdout=write)
        os.close(write)
    disk = a.scratch / "disk"
    disk.mkdir()
    if not without_space(disk):
        print("not tried: full: a file system of 64 kB cannot be mounted here; it takes root")
        return
    try:
        a.ends("run, its results on a full disk", 3, a.run_command(disk / "out"))
        a.check(f"run, full disk: nothing stays: {list(disk.iterdir())}", not list(disk.iterdir()))
        a.ends("synthesize onto a full disk", 3, a.speak_command(disk, "Hello, hello, hello, hello."))
        (disk / "filler").write_bytes(b"x")
        temporary = [a.parity[0], f"-Djava.io.tmpdir={disk}", *a.parity[1:]]
        command = temporary + a.run_command(a.scratch / "full_tmp")[len(a.parity) :]
        a.ends("run, temporary folder full", 3, command)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def readonly(a: Attacks) -> None:
    """Folders that cannot be written to; root may write anywhere, so a read-only mount."""
    place = a.scratch / "readonly"
    place.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
        == 0
    )
    if not mounted:
        if os.geteuid() == 0:
            print("not tried: readonly: nothing can be mounted here")
            return
        place.chmod(0o555)
    try:
        a.ends("run into a read-only folder", 3, a.run_command(place / "out"))
        a.ends("synthesize into a read-only folder", 3, a.speak_command(place, "Hello."))
        if a.can_capture():
            a.ends("capture into a read-only folder", 3, a.capture_command(place / "out", 0))
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=False)
        else:
            place.chmod(0o755)


def changes(a: Attacks) -> None:
    """Files that change while they are read: a result or one line, and never a dead process."""
    moments = (1.0, 2.5) if a.short else tuple(x / 4 for x in range(2, 24))
    for name in ("llm.pt",) if a.short else ("llm.pt", "flow.pt", "hift.pt"):
        for moment in moments:
            model = a.scratch / "changing"
            shutil.rmtree(model, ignore_errors=True)
            shutil.copytree(a.model, model)
            out = a.scratch / "changed"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            command = [*a.speak_command(out, "Long is what is said, and longer still. " * 8, model), "--stream"]
            changed(a, f"synthesize --stream, {name} shortened after {moment} s", command, model / name, moment)
            shutil.rmtree(model)
            shutil.copytree(a.model, model)
            command = a.run_command(out, model, stages="llm,flow,hift")
            changed(a, f"run, {name} shortened after {moment} s", command, model / name, moment)
    capture = a.scratch / "changing_capture"
    big = a.scratch / "big.safetensors"
    with big.open("wb") as file:
        size = 1 << 28
        header = json.dumps({"x": {"dtype": "F32", "shape": [size // 4], "data_offsets": [0, size]}}).encode()
        file.write(len(header).to_bytes(8, "little") + header)
        file.truncate(8 + len(header) + size)
    for moment in (0.3,) if a.short else (0.2, 0.3, 0.4, 0.5, 0.7):
        one, other = a.scratch / "one.safetensors", a.scratch / "other.safetensors"
        shutil.copyfile(big, one)
        shutil.copyfile(big, other)
        changed(a, f"diff, shortened after {moment} s", [*a.parity, "diff", str(one), str(other)], other, moment)
        shutil.rmtree(capture, ignore_errors=True)
        shutil.copytree(a.captured, capture)
        file = capture / "taps_flow.safetensors"
        command = a.run_command(a.scratch / "x", capture=capture, stages="flow")
        changed(a, f"run, {file.name} shortened", command, file, moment * 4)


def changed(a: Attacks, what: str, command: list[str], file: Path, moment: float) -> None:
    """Shorten a file that a command reads."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(moment)
    os.truncate(file, 1000)
    said = (process.communicate()[1] or b"").decode(errors="replace")
    # 2: it was vacuous and read before; 1 cannot be: nothing is wrong with what was there.
    a.check(f"{what}: exit {process.returncode}", process.returncode in (0, 2, 3), said)
    a.check(f"{what}: a stack trace", not any(mark in said for mark in STACK), said)


ATTACKS = {f.__name__: f for f in (renames, stops, orphans, full, readonly, changes)}


def main(root: Path, arguments: list[str]) -> int:
    """All that is asked for."""
    short = "--short" in arguments
    asked = [each for each in arguments if each != "--short"]
    for each in asked:
        if each not in ATTACKS:
            known = ", ".join(ATTACKS)
            print(f"attack: {each}: no such attack; there are {known} (see tools/attack --help)", file=sys.stderr)
            return 3
    with tempfile.TemporaryDirectory(prefix="parity-attack-") as scratch:
        a = Attacks(root, Path(scratch), short)
        for each in asked or ATTACKS:
            print(f"==> {each}", flush=True)
            ATTACKS[each](a)
    print(f"attacks: {a.held} held, {a.failed} failed")
    return 1 if a.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
