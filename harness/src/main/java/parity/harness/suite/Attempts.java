package parity.harness.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parity.harness.suite.Attempt.LanguageModel;

/**
 * What a suite tries: first whatever may tell something by itself, then other seeds of what draws.
 */
final class Attempts {
  /** 2.00 s: a whole number of seconds, so that the first hop of a stream has no padding. */
  private static final Voice SECONDS = new Voice("voice_16k", 16_000, 1, 32_000, 1);

  /** 1.12 s: 28 speech tokens, of which a stream keeps the look-ahead alone for its last chunk. */
  private static final Voice TOKENS_28 = new Voice("voice_16k_short", 16_000, 1, 17_920, 5);

  private static final Voice STEREO = new Voice("voice_48k_stereo", 48_000, 2, 114_240, 2);
  private static final Voice ODD = new Voice("voice_22k", 22_050, 1, 38_147, 3);
  private static final Voice LONG = new Voice("voice_24k_long", 24_000, 1, 624_000, 4);
  static final List<Voice> VOICES = List.of(SECONDS, TOKENS_28, STEREO, ODD, LONG);

  private static final String PROMPT = "This is what the voice has said before.";
  private static final String SYSTEM = "You are a helpful assistant.<|endofprompt|>";

  /** Every character that the Chinese branch replaces, keeps or takes out. */
  private static final String CHINESE_SIGNS =
      "他说：（你好）【世界】`代码`——面积是x²，体积是y³，2024年有3.14米。。\n她 说 A - B 很好 C 也好.“好的。”再见，";

  private static final String NUMBERS = "Room 12 has 3 doors.. \"It is 7.\" They count to 2024";

  /** Over 80 tokens in sentences; the last is so short that it is joined to the one before. */
  private static final String SENTENCES =
      "Whoever walks along the river in the early morning sees the boats come home, one behind the"
          + " other, with their lamps still burning. Nobody on the shore calls out, because the"
          + " fishermen are tired and the fish are counted in silence. Later, when the market opens"
          + " and the first carts roll over the bridge, the whole town smells of salt and of bread"
          + " and of coffee, and the children run down to the water before school begins. Bye.";

  /** A long sentence of one segment. */
  private static final String LONG_SENTENCE =
      "Whoever walks along the river in the early morning sees the boats come home, one behind the"
          + " other, with their lamps still burning, and nobody on the shore calls out, because the"
          + " fishermen are tired and the fish are counted in silence.";

  /** So many dots are a segment of their own in front of the words. */
  private static final String DOTS = "…".repeat(65) + "。" + "我们今天去公园散步".repeat(5) + "。";

  private static final String SHORT = "Hi";
  private static final String OWN_TOKENS = "[breath] It is [laughter] <strong>well</strong> done.";
  private static final String INSTRUCTION = "Please speak slowly.";

  private final Path folder;
  private final List<Path> more;
  private final boolean reinforced;

  /**
   * Nothing is written yet.
   *
   * @param folder that holds the voices
   * @param more recordings of the person's own
   * @param reinforced whether the model has a second language model
   */
  Attempts(Path folder, List<Path> more, boolean reinforced) {
    this.folder = folder;
    this.more = List.copyOf(more);
    this.reinforced = reinforced;
  }

  /** Whatever may tell something by itself. */
  List<Attempt> first() {
    List<Attempt> all = new ArrayList<>();
    all.add(zeroShot("signs", SECONDS, CHINESE_SIGNS));
    all.add(zeroShot("numbers", STEREO, NUMBERS));
    all.add(zeroShot("cut", STEREO, SENTENCES));
    all.add(zeroShot("cut-second", ODD, SENTENCES, "--segment-index", "1"));
    all.add(zeroShot("dots", ODD, DOTS));
    all.add(spoken("tokens", "cross-lingual", ODD, SYSTEM + OWN_TOKENS));
    all.add(
        spoken("instructed", "instruct2", STEREO, LONG_SENTENCE, "--instruct-text", INSTRUCTION));
    all.add(zeroShot("long-voice", LONG, SHORT));
    all.add(converted("converted", STEREO, ODD));
    all.add(converted("converted-streamed", SECONDS, TOKENS_28, "--streaming"));
    all.add(converted("converted-long", SECONDS, LONG, "--streaming"));
    if (reinforced) {
      Attempt usual = zeroShot("reinforced", SECONDS, SHORT);
      all.add(new Attempt(usual.name(), LanguageModel.REINFORCED, usual.options()));
    }
    all.addAll(drawn());
    for (int i = 0; i < more.size(); i++) {
      all.add(ofRecording("recording-" + i, more.get(i), LONG_SENTENCE));
      all.add(ofRecording("recording-streamed-" + i, more.get(i), LONG_SENTENCE, "--streaming"));
    }
    return all;
  }

  /** What says something else with another seed. */
  List<Attempt> drawn(int seed) {
    return drawn().stream().map(attempt -> attempt.withSeed(seed)).toList();
  }

  private List<Attempt> drawn() {
    return List.of(
        zeroShot("short-streamed", SECONDS, SHORT, "--streaming"),
        zeroShot("long-streamed", SECONDS, LONG_SENTENCE, "--streaming"),
        zeroShot("long-streamed-padded", STEREO, LONG_SENTENCE, "--streaming"),
        zeroShot("short", SECONDS, SHORT),
        zeroShot("long", ODD, LONG_SENTENCE));
  }

  private Attempt zeroShot(String name, Voice voice, String text, String... options) {
    return ofRecording(name, folder.resolve(voice.file()), text, options);
  }

  private static Attempt ofRecording(String name, Path wav, String text, String... options) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--prompt-wav", wav.toString(), "--prompt-text", PROMPT));
    all.addAll(List.of("--tts-text", text));
    all.addAll(List.of(options));
    return new Attempt(name, LanguageModel.USUAL, all);
  }

  private Attempt spoken(String name, String mode, Voice voice, String text, String... options) {
    List<String> all = new ArrayList<>(List.of("--mode", mode, "--prompt-wav", file(voice)));
    all.addAll(List.of("--tts-text", text));
    all.addAll(List.of(options));
    return new Attempt(name, LanguageModel.USUAL, all);
  }

  private Attempt converted(String name, Voice prompt, Voice source, String... options) {
    List<String> all = new ArrayList<>(List.of("--mode", "vc", "--prompt-wav", file(prompt)));
    all.addAll(List.of("--source-wav", file(source)));
    all.addAll(List.of(options));
    return new Attempt(name, LanguageModel.USUAL, all);
  }

  private String file(Voice voice) {
    return folder.resolve(voice.file()).toString();
  }
}
