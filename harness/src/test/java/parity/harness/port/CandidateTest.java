package parity.harness.port;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.SafetensorsWriter;
import parity.tensors.format.TensorFiles;

/** Another port in the native side's place, as a folder and as a command. */
class CandidateTest {
  private static final String CONV = "flow.pre_lookahead_layer.conv1";
  private static final String MEL = "python_flow_output";

  private static final String TEMPORARY = "java.io.tmpdir";

  @TempDir Path folder;

  private final String before = System.getProperty(TEMPORARY);

  private final Map<String, Tensor> dumped = new TreeMap<>();
  private TensorFile taps;
  private TensorFile full;

  private Path port() {
    return folder.resolve("port");
  }

  /** A port that computes exactly what upstream did. */
  @BeforeEach
  void dump() throws IOException {
    Files.createDirectory(port());
    taps = TensorFiles.open(Samples.CAPTURE.resolve("taps_flow.safetensors"));
    full = TensorFiles.open(Samples.CAPTURE.resolve("debug_artifacts.safetensors"));
    taps.names().forEach(name -> dumped.put(name, taps.get(name)));
    dumped.put(MEL, full.get(MEL));
  }

  private Path temporary() {
    return folder.resolve("temporary");
  }

  @BeforeEach
  void useATemporaryFolder() throws IOException {
    Files.createDirectory(temporary());
    System.setProperty(TEMPORARY, temporary().toString());
  }

  @AfterEach
  void nothingStays() throws IOException {
    System.setProperty(TEMPORARY, before);
    try (Stream<Path> left = Files.list(temporary())) {
      assertWithMessage("left in the temporary folder").that(left.toList()).isEmpty();
    }
  }

  private Parity flow(Object... options) {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    return candidate(port(), options);
  }

  private Parity candidate(Object candidate, Object... options) {
    List<Object> arguments =
        new ArrayList<>(List.of("flow", "--out", folder.resolve("out"), "--candidate", candidate));
    arguments.addAll(Arrays.asList(options));
    return Parity.run(arguments.toArray());
  }

  private static Tensor nudged(Tensor tensor, Arena arena) {
    Tensor copy = Tensor.allocate(DType.F32, tensor.shape(), arena);
    MemorySegment.copy(tensor.data(), 0, copy.data(), 0, copy.data().byteSize());
    copy.setFloat(7, copy.getFloat(7) + 0.01f);
    return copy;
  }

  @Test
  void folder_ofAPortThatIsRight_passesAndSaysWhatWasNotDone() {
    Parity run = flow();
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("Candidate: folder " + port());
    assertThat(run.out()).contains("so no module was run alone on the reference's own inputs");
    assertThat(run.out()).contains("control seen: one frame of python_flow_output repeated");
  }

  @Test
  void folder_ofAPortThatIsWrong_failsAndNamesTheModule() {
    try (Arena arena = Arena.ofConfined()) {
      dumped.put(CONV, nudged(taps.get(CONV), arena));
      Parity run = flow();
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("first divergence: " + CONV + " (module)");
      assertThat(run.out()).doesNotContain("look closer");
    }
  }

  @Test
  void folder_withTensorsOfTypesThatAreNotRead_isJudgedByTheRest() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,1]},"
            + "\"b\":{\"dtype\":\"X\",\"shape\":[2],\"data_offsets\":[1,3]}}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Files.write(
        port().resolve("odd.safetensors"),
        ByteBuffer.allocate(8 + text.length + 3)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());
    Parity run = flow();
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
  }

  @Test
  void folder_withAComplexTensorSaidToBeReal_isNotCompared() throws IOException {
    dumped.put(CONV, Tensor.of(DType.C64, Shape.of(2), MemorySegment.ofArray(new float[4])));
    Path names = Files.writeString(folder.resolve("names.yaml"), "'" + CONV + "': {dtype: C64}\n");
    for (Parity run : new Parity[] {flow(), flow("--names", names)}) {
      assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).contains(CONV + ": expected type F32, found C64; not compared");
    }
  }

  @Test
  void folder_withAnUnknownTensor_passesAndTellsOfIt() {
    dumped.put("flow.something_else", Tensor.ofFloats(Shape.of(2), 1, 2));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("nobody asks for 'flow.something_else' F32 [2]; not looked at");
  }

  @Test
  void folder_withATensorUnderAnotherName_isInconclusiveAndSaysWhatToWrite() throws IOException {
    dumped.put("lookahead.conv", dumped.remove(CONV));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(2);
    String line = CONV + ": lookahead.conv";
    assertThat(run.out())
        .contains("perhaps it is called lookahead.conv here; in the names file: " + line + "\n");
    Path names = Files.writeString(folder.resolve("names.yaml"), line);
    assertThat(flow("--names", names).exitCode()).isEqualTo(0);
  }

  @Test
  void folder_withNothingOfAStage_isInconclusiveAndSaysWhatToDo() {
    dumped.clear();
    dumped.put("llm_logp", full.get("llm_logp"));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains(
            "the candidate failed: it wrote no tensor of this stage; let it write some, or leave the"
                + " stage out of --stages");
  }

  @Test
  void folder_withOtherNamesAxesAndTypes_passesWithANamesFile() throws IOException {
    Tensor conv = taps.get(CONV);
    dumped.remove(CONV);
    int channels = Math.toIntExact(conv.shape().dim(1));
    int frames = Math.toIntExact(conv.shape().dim(2));
    double[] turned = new double[channels * frames];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = conv.getFloat((long) (i % channels) * frames + i / channels);
    }
    dumped.put("mine", Tensor.ofDoubles(Shape.of(1, frames, channels), turned));
    assertThat(flow().exitCode()).isEqualTo(2);
    Path names = folder.resolve("names.yaml");
    Files.writeString(names, CONV + ": {name: mine, axes: [0, 2, 1], dtype: F64}\n");
    Parity run = flow("--names", names);
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    Files.writeString(names, "flow.pre_lookahead_layer.conv: mine\n");
    Parity wrong = flow("--names", names);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.out())
        .contains(
            "warning: --names %s: 'flow.pre_lookahead_layer.conv' is no tensor of the capture; did"
                    .formatted(names)
                + " you mean");
  }

  @Test
  void folder_withTwoTensorsUnderEachOthersNames_saysSoAndWhatToWrite() throws IOException {
    String other = "flow.decoder.estimator.transformer_blocks.0.attn.to_k#0";
    String one = "flow.decoder.estimator.transformer_blocks.0.attn.to_q#0";
    Tensor query = taps.get(one);
    dumped.put(one, dumped.get(other));
    dumped.put(other, query);
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "hint: %s and %s are under each other's names; in the names file: %s: %s, and %s: %s"
                .formatted(one, other, one, other, other, one));
    Path names = folder.resolve("names.yaml");
    Files.writeString(names, "%s: %s\n%s: %s\n".formatted(one, other, other, one));
    assertThat(flow("--names", names).exitCode()).isEqualTo(0);
  }

  @Test
  void folder_withAFrameTooFew_failsAndSaysSo() {
    Tensor mel = full.get(MEL);
    int frames = Math.toIntExact(mel.shape().dim(2));
    float[] shorter = new float[80 * (frames - 1)];
    for (int i = 0; i < shorter.length; i++) {
      shorter[i] = mel.getFloat((long) (i / (frames - 1)) * frames + i % (frames - 1));
    }
    dumped.put(MEL, Tensor.ofFloats(Shape.of(1, 80, frames - 1), shorter));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("1 too few along axis 2; the first %d agree".formatted(frames - 1));
    assertThat(run.out()).contains("first divergence: python_flow_output (module)");
  }

  @Test
  void folder_withWhatIsNotComparedBeforeWhatIsWrong_namesWhatIsWrong() {
    Tensor conv = taps.get(CONV);
    dumped.put(CONV, conv.reshape(2, conv.elements() / 2));
    String wrong = "flow.decoder.estimator#3";
    Tensor estimator = taps.get(wrong);
    dumped.put(wrong, Tensor.ofFloats(estimator.shape(), new float[(int) estimator.elements()]));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "first divergence: flow.decoder.estimator#3 (module); before it 1 was not compared");
    assertThat(
            flow("--json")
                .json()
                .get("stages")
                .get(0)
                .get("first_divergence")
                .get("module")
                .asText())
        .isEqualTo(wrong);
  }

  @Test
  void folder_withPartOfAStage_passesWhereThatIsDeclared() throws IOException {
    dumped.keySet().retainAll(List.of(CONV, MEL));
    assertThat(flow().exitCode()).isEqualTo(2);
    Parity given = flow("--expect", "given");
    assertWithMessage("%s%s", given.out(), given.err()).that(given.exitCode()).isEqualTo(0);
    assertThat(given.out()).contains("PASS (exit 0) of 2 declared tensors; 157 are out of scope");
    assertThat(given.out()).contains("; of 2 declared, 157 out of scope\n");
    assertThat(
            flow("--expect", "given", "--json")
                .json()
                .get("stages")
                .get(0)
                .get("out_of_scope")
                .size())
        .isEqualTo(157);
    Path file = folder.resolve("expected.txt");
    Files.writeString(file, "# what is ready\nflow.pre_lookahead_layer.conv1\npython_*\n");
    assertThat(flow("--expect", file).exitCode()).isEqualTo(0);
    Files.writeString(file, "flow.pre_lookahead_layer.conv*\npython_*\n");
    Parity more = flow("--expect", file);
    assertThat(more.exitCode()).isEqualTo(2);
    assertThat(more.out()).contains("; of 3 declared, 156 out of scope\n");
    Tensor conv = taps.get(CONV);
    dumped.put(CONV, Tensor.ofFloats(conv.shape(), new float[(int) conv.elements()]));
    Parity wrong = flow("--expect", "given");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.out()).contains("FAIL (exit 1) of 2 declared tensors; 157 are out of scope");
  }

  @Test
  void folder_withModulesAndNoResult_isInconclusiveWhateverIsDeclaredAsGiven() {
    dumped.keySet().retainAll(List.of(CONV));
    Parity given = flow("--expect", "given");
    assertThat(given.exitCode()).isEqualTo(2);
    assertThat(given.out()).contains("NOT_COMPARED python_flow_output: expected F32");
  }

  @Test
  void folder_withNothingOfAStage_isInconclusiveWhateverIsDeclaredAsGiven() {
    dumped.clear();
    dumped.put("llm_logp", full.get("llm_logp"));
    Parity given = flow("--expect", "given");
    assertThat(given.exitCode()).isEqualTo(2);
    assertThat(given.out()).contains("the candidate failed: it wrote no tensor of this stage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere | --expect nowhere: cannot be read: no such file; give a file with a name a line",
        "EMPTY | names nothing; write a name a line"
      })
  void expect_fileThatSaysNothing_isRefused(String given, String message) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "# nothing\n");
    Parity run = flow("--expect", given.replace("EMPTY", empty.toString()));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(message);
  }

  @Test
  void folder_withNumbersStoredIn16Bits_saysThatTheyAre() {
    Tensor mel = full.get(MEL);
    float[] half = mel.toFloats();
    for (int i = 0; i < half.length; i++) {
      half[i] = Float.float16ToFloat(Float.floatToFloat16(half[i]));
    }
    dumped.put(MEL, Tensor.ofFloats(mel.shape(), half));
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "hint: python_flow_output is stored in F16: the rounding to that type explains all of"
                + " the difference");
  }

  @Test
  void folder_storedIn16Bits_passesWhereThatIsSaidAndTellsWhatCannotBeSeen() throws IOException {
    dumped.replaceAll((name, tensor) -> tensor.dtype() == DType.F32 ? half(tensor) : tensor);
    Path names = Files.writeString(folder.resolve("names.yaml"), "default: {dtype: F16}\n");
    Parity silent = flow();
    assertThat(silent.exitCode()).isEqualTo(2);
    assertThat(silent.out()).contains("in the names file: ");
    Parity run = flow("--names", names);
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .contains(
            "159 tensors are stored in F16, whose rounding is lawful: what is off by less than that"
                + " (0.00049 of a number) cannot be seen there");
    dumped.put(CONV, half(Tensor.ofFloats(taps.get(CONV).shape(), louder(taps.get(CONV)))));
    assertThat(flow("--names", names).exitCode()).isEqualTo(1);
  }

  private static float[] louder(Tensor tensor) {
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1.01f;
    }
    return values;
  }

  private static Tensor half(Tensor tensor) {
    short[] bits = new short[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToFloat16(tensor.getFloat(i));
    }
    return Tensor.of(DType.F16, tensor.shape(), MemorySegment.ofArray(bits));
  }

  @Test
  void folder_ofOtherFormats_isOneSetAndATensorWithoutANameHasThatOfItsFile() throws IOException {
    dumped.remove(MEL);
    Tensor mel = full.get(MEL);
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 80, %d), }"
            .formatted(mel.shape().dim(2))
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer npy =
        ByteBuffer.allocate(10 + header.length + (int) mel.data().byteSize())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length)
            .put(header)
            .put(mel.data().asByteBuffer());
    Files.write(port().resolve(MEL + ".npy"), npy.array());
    Parity run = flow();
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
  }

  @Test
  void folder_withOneTensorTwice_isRefused() {
    SafetensorsWriter.write(
        port().resolve("again.safetensors"), Map.of(MEL, full.get(MEL)), Map.of());
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("tensor 'python_flow_output' is in again.safetensors too; leave one");
  }

  @Test
  void folder_withADamagedFile_isRefused() throws IOException {
    Files.writeString(port().resolve("half.safetensors"), "half");
    Parity run = flow();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("half.safetensors");
  }

  @Test
  void command_thatWritesAll_passes() {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    Parity run =
        candidate("test -d {inputs} && echo hello && cp " + port() + "/* {outputs}", "--json");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.json().get("made_by").get("candidate").asText()).isEqualTo("a command");
  }

  @Test
  void command_getsTheInputsOfTheStageAndNothingElse() throws IOException {
    Path kept = folder.resolve("kept");
    candidate("cp -r {inputs} " + kept + " && touch {outputs}/none");
    try (TensorFile inputs = TensorFiles.open(kept.resolve("inputs.safetensors"))) {
      assertThat(inputs.names())
          .containsExactly("embedding", "prompt_feat", "prompt_token", "rand_noise", "token");
    }
    var expected = new ObjectMapper().readTree(kept.resolve("expected.json").toFile());
    assertThat(expected.size()).isEqualTo(159);
    assertThat(expected.get(7).get("step").asInt()).isEqualTo(7);
    Parity listed = Parity.run("expect", "--stages", "flow", "--json");
    assertThat(listed.json()).isEqualTo(expected);
    var settings = new ObjectMapper().readTree(kept.resolve("settings.json").toFile());
    assertThat(settings.get("stage").asText()).isEqualTo("flow");
    assertThat(Path.of(settings.get("model_dir").asText()).resolve("flow.pt").toFile().exists())
        .isTrue();
    assertThat(settings.get("n_timesteps").asInt()).isEqualTo(10);
    assertThat(settings.get("capture").has("seed")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo no such weight >&2; exit 5; : {inputs} {outputs}"
            + " | the candidate failed: it ended with exit code 5; it last said: no such weight",
        "echo asleep; sleep 60; : {inputs} {outputs}"
            + " | the candidate failed: it was ended after 1 s (--candidate-timeout); it last said: asleep",
        "head -c 5000 PORT/mine.safetensors >{outputs}/a.safetensors; : {inputs}"
            + " | the candidate failed: it wrote what cannot be used: ",
        ": {inputs} {outputs} | the candidate failed: it wrote no tensor of this stage",
        "kill -9 $$; : {inputs} {outputs} | the candidate failed: it ended with exit code 137; it said nothing"
      })
  void command_thatDoesNotDeliver_isInconclusiveAndHeard(String command, String message) {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    Parity run = candidate(command.replace("PORT", port().toString()), "--candidate-timeout", "1");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mkfifo {outputs}/a.safetensors"
            + " | a.safetensors: is not a regular file (a pipe or a device); expected",
        "ln -s /dev/zero {outputs}/a.npz | a.npz: is not a regular file (a pipe or a device)",
        "mkdir {outputs}/a.safetensors | a.safetensors: is a folder; expected",
        "ln -s nowhere {outputs}/a.npz | a.npz: no such file; expected",
        "rm -r {outputs} | outputs: cannot be listed; give a folder of tensor files",
        "rm -r {outputs}; echo x >{outputs} | outputs: cannot be listed; give a folder",
      })
  void command_thatWritesWhatIsNoFile_isInconclusive(String command, String message) {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    Parity run = candidate("cp " + port() + "/* {outputs}; : {inputs}; " + command);
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("the candidate failed: it wrote what cannot be used: ");
    assertThat(run.out()).contains(message);
  }

  @Test
  void command_thatWritesOtherThingsToo_isJudgedByItsTensors() {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    Parity run =
        candidate(
            "cp "
                + port()
                + "/* {outputs}; : {inputs}; cd {outputs}; mkfifo pipe; mkdir -p a/b; touch a/b/c;"
                + " ln -s /dev/zero zero; chmod 000 a/b a; (sleep 100 &) &");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    // The shell between may or may not have ended by then.
    assertThat(run.out())
        .containsMatch("candidate: \\(processes that it left running: [12], which were");
  }

  /** What goes wrong in one stage. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sleep 100 | the candidate failed: it was ended after 2 s (--candidate-timeout)",
        "(yes >{outputs}/log &) ; sleep 100 | the candidate failed: it wrote ",
        "kill 0 | the candidate failed: it ended with exit code 143",
        "mkfifo {outputs}/b.npz | the candidate failed: it wrote what cannot be used: "
      })
  void run_ofACommandThatFailsInOneStage_judgesTheOthers(String fault, String message) {
    String line =
        "cp %1$s/debug_artifacts.safetensors %1$s/taps_*.safetensors {outputs};"
                .formatted(Samples.CAPTURE.toAbsolutePath())
            + " if grep -q '\"stage\" : \"llm\"' {inputs}/settings.json; then "
            + fault
            + "; fi";
    Parity run =
        Parity.run(
            "run",
            "--out",
            folder.resolve("out"),
            "--candidate",
            line,
            "--candidate-timeout",
            2,
            "--candidate-space",
            50,
            "--stages",
            "llm,flow");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains(message);
    assertThat(run.out()).containsMatch("\\nllm +INCONCLUSIVE ");
    assertThat(run.out()).containsMatch("\\nflow +PASS ");
  }

  @Test
  void run_withoutATemporaryFolder_isRefusedWithWhatToDo() throws IOException {
    Files.delete(temporary());
    Parity run = candidate("true {inputs} {outputs}");
    Files.createDirectory(temporary());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--candidate nowhere | no such folder, and no command, as it does not hold both",
        "--candidate run{inputs} | no such folder, and no command",
        "--names x.yaml | --names: is of use only with a candidate; give --candidate too",
        "--candidate-timeout 5 | --candidate-timeout: is of use only with a candidate",
        "--candidate-space 5 | --candidate-space: is of use only with a candidate",
        "--candidate x{inputs}{outputs} --candidate-space 0 | --candidate-space 0: expected",
        "--candidate x{inputs}{outputs} --candidate-timeout 0 | --candidate-timeout 0: expected"
      })
  void options_thatDoNotFit_areRefused(String options, String message) {
    List<Object> arguments = new ArrayList<>(List.of("flow", "--out", folder.resolve("out")));
    arguments.addAll(Arrays.asList(options.split(" ")));
    Parity run = Parity.run(arguments.toArray());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(message);
  }

  @Test
  void replay_ofACandidate_isRefused() {
    Parity run = Parity.run("replay", CONV, "--candidate", port());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("a candidate's modules cannot be run alone");
  }

  @Test
  void run_ofAPortThatIsWrong_suggestsItsStageWithTheCandidate() {
    try (Arena arena = Arena.ofConfined()) {
      dumped.put(CONV, nudged(taps.get(CONV), arena));
      SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
      Parity run =
          Parity.run(
              "run",
              "--out",
              folder.resolve("out"),
              "--candidate",
              port(),
              "--stages",
              "flow,hift");
      assertThat(run.out()).contains("look closer: ./parity flow --candidate " + port());
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void run_ofAPortWithSomeStages_comparesThose() {
    SafetensorsWriter.write(port().resolve("mine.safetensors"), dumped, Map.of());
    Parity all = Parity.run("run", "--out", folder.resolve("out"), "--candidate", port(), "--json");
    assertThat(all.exitCode()).isEqualTo(2);
    Parity flow =
        Parity.run(
            "run",
            "--out",
            folder.resolve("out"),
            "--candidate",
            port(),
            "--stages",
            "flow",
            "--json");
    assertThat(flow.exitCode()).isEqualTo(0);
  }
}
