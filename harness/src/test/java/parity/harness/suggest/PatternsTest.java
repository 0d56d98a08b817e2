package parity.harness.suggest;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.names.Layout;
import parity.harness.names.Names;
import parity.harness.names.NamesFile;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.TensorInfo;

/** Lines of a names file for many tensors. */
final class PatternsTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final Layout TURNED = new Layout(List.of(), List.of(1, 0), List.of());

  @TempDir Path folder;

  private static Match match(String expected, String actual) {
    return new Match(expected, actual, Optional.empty(), Optional.empty(), SHAPE);
  }

  private static List<String> lines(String... pairs) {
    List<Match> matches = new ArrayList<>();
    for (String pair : pairs) {
      int at = pair.indexOf('=');
      matches.add(match(pair.substring(0, at), pair.substring(at + 1)));
    }
    return Patterns.lines(matches);
  }

  @Test
  void lines_namesOfAnotherBeginning_areOnePattern() {
    assertThat(lines("flow.a=port.a", "flow.b.c=port.b.c", "flow.d#1=port.d#1", "hift.x=hift.x"))
        .containsExactly("'flow.*': 'port.*'");
  }

  @Test
  void lines_namesThatDifferInTheirNumbers_areOnePattern() {
    assertThat(lines("f.blk.0.ff#0=s0/b0", "f.blk.1.ff#0=s0/b1", "f.blk.1.ff#5=s5/b1"))
        .containsExactly("'f.blk.{a}.ff#{b}': 's{b}/b{a}'");
  }

  @Test
  void lines_aBeginningThatWouldNameAnotherTensorWrongly_isNotSaid() {
    assertThat(lines("a.x=p.x", "a.y=p.y", "a.z=p.z", "a.same=a.same"))
        .containsExactly("a.x: p.x", "a.y: p.y", "a.z: p.z");
  }

  @Test
  void lines_fewNames_areALineEach() {
    assertThat(lines("a=x", "b=y")).containsExactly("a: x", "b: y");
    assertThat(lines("a=a")).isEmpty();
  }

  /** Whatever the names are, the lines say of each what it is. */
  @Test
  void lines_anyNames_sayOfEachWhatItIs() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      Map<String, Match> matches = new LinkedHashMap<>();
      Map<String, TensorInfo> actual = new HashMap<>();
      for (int k = 0; k < 12; k++) {
        String expected = name(random);
        String there = random.nextInt(3) == 0 ? expected : name(random);
        if (!actual.containsKey(there) && !matches.containsKey(expected)) {
          actual.put(there, new TensorInfo(DType.F32, SHAPE));
          matches.put(
              expected,
              new Match(
                  expected,
                  there,
                  random.nextInt(4) == 0 ? Optional.of(TURNED) : Optional.empty(),
                  Optional.empty(),
                  SHAPE));
        }
      }
      List<String> lines = Patterns.lines(List.copyOf(matches.values()));
      if (lines.isEmpty()) {
        continue;
      }
      Path file = Files.writeString(folder.resolve("names.yaml"), String.join("\n", lines));
      Names names =
          NamesFile.read(file)
              .between(
                  matches.keySet(),
                  matches.keySet(),
                  actual,
                  new NamesFile.Sides("the capture", "the candidate"));
      matches.forEach((expected, match) -> {
        assertThat(names.of(expected).orElseThrow().actual()).isEqualTo(match.actual());
        assertThat(names.of(expected).orElseThrow().layout())
            .isEqualTo(match.layout().orElse(Layout.SAME));
      });
    }
  }

  private static String name(Random random) {
    String[] words = {"flow", "a", "b", "port", "x*", "{n}"};
    StringBuilder name = new StringBuilder(words[random.nextInt(4)]);
    for (int i = random.nextInt(3); i >= 0; i--) {
      name.append(random.nextBoolean() ? "." : "/")
          .append(words[random.nextInt(words.length)])
          .append(random.nextBoolean() ? Integer.toString(random.nextInt(3)) : "");
    }
    return name.append(random.nextBoolean() ? "#" + random.nextInt(2) : "").toString();
  }
}
