package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.compare.verdict.Outcome;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.fixture.Samples;
import parity.harness.names.NamesFile;
import parity.harness.plan.Declared;
import parity.harness.port.Candidate;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

/** What a person sets aside leaves its trace, and nothing runs before all inputs are known. */
final class OverriddenTest {
  private static final String LAST_LINE =
      "PASS (exit 0) with --force-model: flow.pt and hift.pt are not the capture's;"
          + " SKIP_NATIVE_FLOW=1: flow is not compared; --allow-skips: the verdict takes no account"
          + " of flow";

  @TempDir Path folder;

  private final StringWriter said = new StringWriter();
  private Path wav = Samples.WAV;

  @BeforeEach
  void copySample() {
    Samples.copy(Samples.MODEL, model());
    Samples.copy(Samples.CAPTURE, capture());
  }

  private Path model() {
    return folder.resolve("model");
  }

  private Path capture() {
    return folder.resolve("capture");
  }

  /** What a candidate computed: the capture's own numbers. */
  private Path dumps() throws IOException {
    Path dumps = Files.createDirectories(folder.resolve("dumps"));
    Files.copy(
        capture().resolve(Capture.FULL),
        dumps.resolve(Capture.FULL),
        StandardCopyOption.REPLACE_EXISTING);
    return dumps;
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** What a person asks for, and what of it is set aside. */
  private record Asked(
      Set<StageName> stages,
      Set<StageName> skipped,
      boolean allowSkips,
      boolean forceModel,
      Optional<Candidate> candidate,
      Settings.Overrides settings) {
    static Asked of(StageName... stages) {
      return new Asked(
          new LinkedHashSet<>(Arrays.asList(stages)),
          Set.of(),
          false,
          false,
          Optional.empty(),
          Settings.Overrides.NONE);
    }

    Asked skipping(StageName stage) {
      return new Asked(stages, Set.of(stage), true, forceModel, candidate, settings);
    }

    Asked forced() {
      return new Asked(stages, skipped, allowSkips, true, candidate, settings);
    }

    Asked with(Candidate other) {
      return new Asked(stages, skipped, allowSkips, forceModel, Optional.of(other), settings);
    }

    Asked with(Settings.Overrides other) {
      return new Asked(stages, skipped, allowSkips, forceModel, candidate, other);
    }
  }

  private RunResult run(Asked asked) {
    return HarnessRun.of(
        new RunRequest(
            model(),
            capture().resolve(Capture.FRONTEND),
            capture().resolve(Capture.FULL),
            Optional.of(wav),
            Optional.empty(),
            out(),
            asked.stages,
            asked.skipped,
            asked.allowSkips,
            asked.candidate,
            asked.forceModel,
            0,
            List.of(),
            Declared.ALL,
            Optional.empty(),
            asked.settings,
            2),
        new PrintWriter(said, true));
  }

  private String refused(Asked asked) {
    String message =
        String.valueOf(assertThrows(BadInputException.class, () -> run(asked)).getMessage());
    assertWithMessage("nothing ran before").that(said.toString()).doesNotContain("==>");
    return message;
  }

  /** Makes it another file with the same weights, by the zip's comment. */
  private void alter(String file) throws IOException {
    byte[] zip = Files.readAllBytes(model().resolve(file));
    byte[] commented = Arrays.copyOf(zip, zip.length + 1);
    commented[zip.length - 2] = 1;
    commented[zip.length] = '!';
    Samples.replace(model().resolve(file), commented);
  }

  @Test
  void run_severalFilesDiffer_allAreNamedBeforeTheFirstStage() throws IOException {
    alter("hift.pt");
    alter("flow.pt");
    String message = refused(Asked.of(StageName.TEXT, StageName.FLOW, StageName.HIFT));
    assertThat(message).contains("flow.pt, " + model().resolve("hift.pt") + ": not the files");
    assertThat(refused(Asked.of(StageName.TEXT, StageName.HIFT).skipping(StageName.HIFT)))
        .contains("hift.pt: not the file");
  }

  @Test
  void run_missingFile_isRefusedBeforeTheFirstStageUnlessItsStageIsSkipped() throws IOException {
    Files.delete(model().resolve("hift.pt"));
    assertThat(refused(Asked.of(StageName.TEXT, StageName.HIFT).forced()))
        .contains("hift.pt: cannot be read: no such file");
    assertThat(run(Asked.of(StageName.TEXT, StageName.HIFT).skipping(StageName.HIFT)).outcome())
        .isEqualTo(Outcome.PASS);
  }

  @Test
  void run_anotherRecording_isRefusedBeforeTheFirstStageWhateverIsCompared() throws IOException {
    wav = Files.writeString(folder.resolve("other.wav"), "another");
    assertThat(refused(Asked.of(StageName.HIFT).forced())).contains("--prompt-wav");
  }

  @Test
  void run_candidate_isHeldToTheSameModel() throws IOException {
    alter("hift.pt");
    Asked hift = Asked.of(StageName.TEXT, StageName.HIFT);
    NamesFile none = NamesFile.NONE;
    Candidate command =
        new Candidate.Command(
            "true {inputs} {outputs}", Candidate.Bounds.of(60, OptionalLong.empty()), none);
    for (Candidate candidate : List.of(command, new Candidate.Folder(dumps(), none))) {
      assertThat(refused(hift.with(candidate))).contains("hift.pt");
    }
    Files.delete(model().resolve("hift.pt"));
    assertThat(refused(hift.with(command))).contains("hift.pt: cannot be read: no such file");
  }

  /** A folder of what was computed elsewhere needs no weights here. */
  @Test
  void run_candidatesFolderAndNoWeights_isCompared() throws IOException {
    for (String file : List.of("llm.pt", "flow.pt", "hift.pt", "campplus.onnx")) {
      Files.delete(model().resolve(file));
    }
    Candidate folder = new Candidate.Folder(dumps(), NamesFile.NONE);
    assertThat(run(Asked.of(StageName.HIFT).with(folder)).stages().getFirst().findings())
        .isNotEmpty();
  }

  @Test
  void run_overridden_everyReportSaysSo() throws IOException {
    alter("hift.pt");
    alter("flow.pt");
    RunResult result =
        run(Asked.of(StageName.FLOW, StageName.HIFT).skipping(StageName.FLOW).forced());

    assertThat(result.lastLine()).isEqualTo(LAST_LINE);
    assertThat(said.toString().stripTrailing()).endsWith(LAST_LINE);
    assertThat(said.toString().indexOf("Override: --force-model"))
        .isLessThan(said.toString().indexOf("==>"));
    String files = "flow.pt and hift.pt are not the capture";
    assertThat(Files.readString(out().resolve("test_hift.log")).lines().findFirst().orElseThrow())
        .contains(files);
    assertThat(
            Files.readString(out().resolve("test_hift.log"))
                .lines()
                .reduce((line, next) -> next)
                .orElseThrow())
        .contains(files);
    assertThat(Files.readString(out().resolve("junit.xml"))).contains(files);
    assertThat(Files.readString(out().resolve("report.html")))
        .contains("Overridden: --force-model");
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(out().resolve("report.json")))
                .get("overrides")
                .findValuesAsText("option"))
        .containsExactly("--force-model", "SKIP_NATIVE_FLOW=1", "--allow-skips")
        .inOrder();
  }

  /** The same bytes as without these options: they changed nothing. */
  @Test
  void run_optionsThatChangeNothing_overrideNothing() {
    Settings.Overrides asTheCaptureSays =
        new Settings.Overrides(
            Optional.of(10), Optional.of(10.0), Optional.empty(), Optional.empty());
    RunResult result = run(Asked.of(StageName.TEXT).forced().with(asTheCaptureSays));
    assertThat(result.overridden()).isEmpty();
    assertThat(result.lastLine()).isEqualTo("PASS (exit 0)");
    assertThat(said.toString()).contains("--force-model changes nothing");
  }

  @Test
  void run_settingThatTheCaptureDoesNotSay_isAnOverride() {
    for (String name : Capture.COMPANIONS) {
      if (name.endsWith(".safetensors") && Files.exists(capture().resolve(name))) {
        Samples.rewriteMetadata(capture().resolve(name), all -> all.remove("n_timesteps"));
      }
    }
    for (String name : List.of(Capture.FULL, Capture.FRONTEND)) {
      Samples.rewriteMetadata(capture().resolve(name), all -> all.remove("n_timesteps"));
    }
    Settings.Overrides one =
        new Settings.Overrides(
            Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(run(Asked.of(StageName.TEXT).with(one)).overridden())
        .containsExactly(
            new Overridden("--n-timesteps 1", "the capture does not say it, and upstream's is 10"));
  }

  @Test
  void run_typesOfANamesFile_areAnOverride() throws IOException {
    Path names =
        Files.writeString(folder.resolve("names.yaml"), "python_audio_output: {dtype: F32}\n");
    Candidate typed = new Candidate.Folder(dumps(), NamesFile.read(names));
    assertThat(run(Asked.of(StageName.TEXT).with(typed)).overridden())
        .containsExactly(
            new Overridden(
                "--names",
                "numbers are converted before they are judged: 'python_audio_output' from F32"));
  }
}
