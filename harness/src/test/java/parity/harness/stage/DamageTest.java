package parity.harness.stage;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/** A capture with one tensor spoilt is never green, and the tensor is named. */
final class DamageTest {
  /** What shows without checksums in all but float64 truths, which are noise themselves. */
  private static final Set<Damage> GROSS =
      EnumSet.of(
          Damage.ONE_MORE, Damage.NOT_A_NUMBER, Damage.DROPPED, Damage.RENAMED, Damage.CUT_SHORT);

  /** Nothing else in a capture tells what these were: what they lead to is wrong, and named. */
  private static final List<String> ONLY_READ = List.of("text", "prompt_text");

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static DamagedCapture checked;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static DamagedCapture unchecked;

  @BeforeAll
  static void copy() throws IOException {
    checked = DamagedCapture.in(folder.resolve("checked"));
    unchecked = DamagedCapture.withoutChecksums(folder.resolve("unchecked"));
  }

  static List<DamagedCapture.Case> drawn() {
    return DamagedCapture.drawn(1, EnumSet.allOf(Damage.class), List.of(), true);
  }

  static List<DamagedCapture.Case> gross() {
    return DamagedCapture.drawn(2, GROSS, ONLY_READ, false);
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void run_oneTensorSpoilt_isNotGreenAndNamesIt(DamagedCapture.Case wrong) {
    assertThat(checked.missed(wrong)).isEmpty();
  }

  /** Tensors that stages take apart before they compare; which are swapped is told one by one. */
  static Stream<DamagedCapture.Case> ofWrongForm() {
    List<String> names = List.of("speech_feat", "speech_tokens", "fbank");
    Stream<DamagedCapture.Case> swapped =
        names.stream()
            .map(name -> DamagedCapture.Case.of("frontend_artifacts", name, Damage.SWAPPED));
    Stream<DamagedCapture.Case> together =
        Stream.of(Damage.RETYPED, Damage.CUT_SHORT)
            .map(damage -> DamagedCapture.Case.of("frontend_artifacts", names, damage));
    return Stream.concat(swapped, together);
  }

  @ParameterizedTest
  @MethodSource({"gross", "ofWrongForm"})
  void run_oneTensorSpoiltWithoutChecksums_isNotGreenAndNamesIt(DamagedCapture.Case wrong) {
    assertThat(unchecked.missed(wrong)).isEmpty();
  }

  @Test
  void run_oneSampleOfTheWaveformFileSpoilt_failsAndNamesIt() throws IOException {
    Path capture = Samples.copy(Samples.CAPTURE, folder.resolve("waveform"));
    Path wav = capture.resolve("debug_artifacts.wav");
    byte[] bytes = Files.readAllBytes(wav);
    bytes[bytes.length - 4] ^= 1;
    Samples.replace(wav, bytes);
    Parity run =
        Parity.run(
            "hift",
            "--artifacts",
            capture,
            "--model-dir",
            Samples.MODEL,
            "--out",
            folder.resolve("waveform out"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL debug_artifacts.wav: ");
  }

  /** Takes minutes: {@code -Dparity.damage=all}. */
  @Test
  @EnabledIfSystemProperty(named = "parity.damage", matches = "all")
  void run_anyTensorSpoiltInAnyWay_isNotGreenAndNamesIt() {
    assertThat(missed(checked, DamagedCapture.all(false))).isEmpty();
  }

  /** Takes the better part of an hour, and tells what numbers alone overlook. */
  @Test
  @EnabledIfSystemProperty(named = "parity.damage", matches = "numbers")
  void run_anyTensorSpoiltInAnyWayWithoutChecksums_tellsWhatIsOverlooked() {
    assertThat(missed(unchecked, DamagedCapture.all(true))).isEmpty();
  }

  private static List<String> missed(
      DamagedCapture capture, Collection<DamagedCapture.Case> cases) {
    List<String> missed = new ArrayList<>();
    for (DamagedCapture.Case wrong : cases) {
      List<String> now = capture.missed(wrong);
      System.out.println(wrong + (now.isEmpty() ? ": told" : ": " + now.size() + " missed"));
      now.forEach(System.out::println);
      missed.addAll(now);
    }
    return missed;
  }
}
