package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
import parity.harness.regime.Family.Source;
import parity.harness.result.StageName;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** What upstream does with a text before the language model reads it. */
final class TextRegimes {
  /** The id of {@code <|endofprompt|>}, behind which upstream's own tokens follow. */
  private static final int END_OF_PROMPT = 151646;

  private TextRegimes() {}

  static List<Family<?>> families() {
    return List.of(
        ModeRegimes.family(StageName.TEXT, Mode.ZERO_SHOT, Mode.CROSS_LINGUAL, Mode.INSTRUCT2),
        new Family<>(
            StageName.TEXT,
            "metadata " + UpstreamLines.KEY,
            TextRegimes::lines,
            List.of(
                ran("text in Chinese", "cli/frontend.py:144", "a text with a Chinese character"),
                ran("text in another language", "cli/frontend.py:156", "a text without any"),
                ran("text with markers left alone", "cli/frontend.py:133", "--mode cross-lingual"),
                changed(
                    "Chinese rules change the text",
                    "cli/frontend.py:143",
                    "upstream with wetext, and a Chinese text with a number"),
                changed(
                    "English rules change the text",
                    "cli/frontend.py:155",
                    "upstream with wetext, and an English text with a number"),
                changed("line break taken out", "cli/frontend.py:144", "one in a Chinese text"),
                changed("blank taken out", "cli/frontend.py:145", "one between Chinese characters"),
                ran(
                    "blank kept",
                    "utils/frontend_utils.py:127",
                    "one between Latin letters in a Chinese text"),
                changed(
                    "\u00b2 spelled out", "utils/frontend_utils.py:27", "one in a Chinese text"),
                changed(
                    "\u00b3 spelled out", "utils/frontend_utils.py:28", "one in a Chinese text"),
                changed("full stop replaced", "cli/frontend.py:147", "a . in a Chinese text"),
                changed(
                    "dash replaced",
                    "cli/frontend.py:148",
                    "' - ' beside a Latin letter in a Chinese text"),
                changed(
                    "round brackets taken out",
                    "utils/frontend_utils.py:34",
                    "\uff08\uff09 in a Chinese text"),
                changed(
                    "square brackets taken out",
                    "utils/frontend_utils.py:35",
                    "\u3010\u3011 in a Chinese text"),
                changed(
                    "backtick taken out", "utils/frontend_utils.py:36", "one in a Chinese text"),
                changed(
                    "long dash taken out",
                    "utils/frontend_utils.py:37",
                    "\u2014\u2014 in a Chinese text"),
                changed(
                    "comma at the end replaced",
                    "cli/frontend.py:150",
                    "one at the end of a Chinese text"),
                ran("number spelled out", "utils/frontend_utils.py:48", "one in an English text"),
                ran(
                    "number at the end spelled out",
                    "utils/frontend_utils.py:56",
                    "an English text that ends with one"),
                new Regime<>(
                    "stop added",
                    "utils/frontend_utils.py:87,89",
                    "a text that ends without one",
                    lines ->
                        lines.ran("utils/frontend_utils.py:87")
                            + lines.ran("utils/frontend_utils.py:89")),
                ran("closing quote kept", "utils/frontend_utils.py:98", "one behind a full stop"),
                new Regime<>(
                    "empty sentence passed over",
                    "utils/frontend_utils.py:95",
                    "two stops in a row",
                    lines ->
                        lines.ran("utils/frontend_utils.py:95")
                            - lines.ran("utils/frontend_utils.py:96")),
                ran(
                    "text cut",
                    "utils/frontend_utils.py:108",
                    "sentences of over 80 tokens in all"),
                ran(
                    "short last segment joined",
                    "utils/frontend_utils.py:113",
                    "a text that is cut, and ends with a short sentence"),
                changed(
                    "segment of punctuation dropped",
                    "cli/frontend.py:159",
                    "punctuation alone behind a cut"))),
        new Family<>(
            StageName.TEXT,
            "metadata segment_index",
            source -> source.number("segment_index"),
            List.of(
                new Regime<>(
                    "segment after the first",
                    "cli/cosyvoice.py:93",
                    "a text that is cut, and --segment-index 1",
                    index -> index > 0 ? 1 : 0))),
        new Family<>(
            StageName.TEXT,
            TensorNames.TEXT,
            TextRegimes::ids,
            List.of(
                new Regime<>(
                    "token of upstream's own",
                    "tokenizer/tokenizer.py:241",
                    "[breath] or <strong> in a text",
                    TextRegimes::own))));
  }

  private static Regime<UpstreamLines> ran(String name, String line, String howTo) {
    return new Regime<>(name, line, howTo, lines -> lines.ran(line));
  }

  private static Regime<UpstreamLines> changed(String name, String line, String howTo) {
    return new Regime<>(name, line, howTo, lines -> lines.changed(line));
  }

  /** Voice conversion has no text, which tells that nothing happened to one. */
  private static Optional<UpstreamLines> lines(Source source) {
    return source.mode().speaksText()
        ? UpstreamLines.of(source.capture().metadata())
        : Optional.of(UpstreamLines.NONE);
  }

  private static Optional<Tensor> ids(Source source) {
    return source
        .full()
        .filter(full -> full.holds(TensorNames.TEXT))
        .map(full -> full.get(TensorNames.TEXT, DType.I32, 1, Captured.ANY));
  }

  private static long own(Tensor ids) {
    return LongStream.range(0, ids.elements()).filter(i -> ids.getLong(i) > END_OF_PROMPT).count();
  }
}
