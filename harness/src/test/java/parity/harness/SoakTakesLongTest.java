package parity.harness;

import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SpeechRequest;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.cosyvoice.synthesis.Voice;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/**
 * Hundreds of syntheses and runs in one process, which must not grow: {@code tools/soak} asks for
 * it. Not part of every build, as it takes a quarter of an hour.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "parity.soak", matches = "\\d+,\\d+")
class SoakTakesLongTest {
  private static final int WARM_UP = 30;

  @TempDir Path folder;

  /** What a process takes of the machine. */
  private record Taken(long residentKilobytes, long descriptors, long maps, long threads) {
    static Taken now() throws IOException {
      System.gc();
      Map<String, String> status = new LinkedHashMap<>();
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        int colon = line.indexOf(':');
        status.put(line.substring(0, colon), line.substring(colon + 1).replace("kB", "").strip());
      }
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return new Taken(
            Long.parseLong(status.get("VmRSS")),
            open.count(),
            Files.readAllLines(Path.of("/proc/self/maps")).size(),
            Long.parseLong(status.get("Threads")));
      }
    }

    void requireNoMoreThan(Taken before, String what) {
      System.out.printf("%s: after %d %s, at the end %s%n", what, WARM_UP, before, this);
      // Memory that the allocator holds back comes and goes; a leak of one weight would be more.
      assertWithMessage("%s: resident kB", what)
          .that(residentKilobytes)
          .isAtMost(before.residentKilobytes + before.residentKilobytes / 10);
      assertWithMessage("%s: descriptors", what).that(descriptors).isAtMost(before.descriptors);
      assertWithMessage("%s: maps", what).that(maps).isAtMost(before.maps + before.maps / 20);
      assertWithMessage("%s: threads", what).that(threads).isAtMost(before.threads + 1);
    }
  }

  private static int asked(int which) {
    return Integer.parseInt(
        Splitter.on(',').splitToList(System.getProperty("parity.soak")).get(which));
  }

  /** Does a piece of work again and again. */
  private interface Work {
    void run(int number) throws IOException;
  }

  private static void repeat(String what, int times, Work work) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      work.run(i);
    }
    Taken before = Taken.now();
    for (int i = WARM_UP; i < times; i++) {
      work.run(i);
    }
    Taken.now().requireNoMoreThan(before, times + " " + what);
  }

  @Test
  void speak_hundredsOfTimesInOneProcess_takesNoMore() throws IOException {
    try (CosyVoice3 model =
        CosyVoice3.open(Samples.MODEL, SynthesisOptions.upstream().withThreads(2))) {
      Voice voice = model.voice(Samples.WAV, "The quick brown fox jumps.");
      repeat(
          "syntheses",
          asked(0),
          number -> {
            Delivery delivery = number % 2 == 0 ? Delivery.WHOLE : Delivery.STREAMED;
            SpeechRequest request =
                SpeechRequest.zeroShot("Number " + number % 7 + " is said.", voice)
                    .withSeed(number % 5)
                    .withDelivery(delivery);
            try (SpeechStream speech = model.speak(request)) {
              speech.forEach(chunk -> {});
            }
          });
    }
  }

  @Test
  void run_manyTimesInOneProcess_takesNoMore() throws IOException {
    repeat(
        "runs",
        asked(1),
        number -> {
          Parity run =
              Parity.compare("text,frontend,llm,flow,hift", Samples.CAPTURE, folder.resolve("out"));
          assertWithMessage(run.err()).that(run.exitCode()).isEqualTo(0);
        });
  }
}
