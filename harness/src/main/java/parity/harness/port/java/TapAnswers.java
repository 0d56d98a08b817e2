package parity.harness.port.java;

import java.util.Optional;
import java.util.function.UnaryOperator;
import parity.cosyvoice.tap.TapSink;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.plan.FromSource;
import parity.harness.port.Answers;
import parity.tensors.Tensor;

/** Answers with every module's output, by the name of the captured tap, while the part runs. */
final class TapAnswers implements TapSink {
  private final TapFiles files;
  private final UnaryOperator<String> as;
  private final Answers answers;

  private TapAnswers(TapFiles files, UnaryOperator<String> as, Answers answers) {
    this.files = files;
    this.as = as;
    this.answers = answers;
  }

  /** Of a part; nothing is watched where no taps of it were captured. */
  static TapSink of(Capture capture, Part part, Answers answers) {
    return sink(capture, part, UnaryOperator.identity(), answers);
  }

  /** Of the vocoder while it decodes Python's own source. */
  static TapSink fromSource(Capture capture, Answers answers) {
    return sink(capture, Part.HIFT, FromSource::name, answers);
  }

  private static TapSink sink(
      Capture capture, Part part, UnaryOperator<String> as, Answers answers) {
    return capture
        .taps(part)
        .<TapSink>map(files -> new TapAnswers(files, as, answers))
        .orElse(TapSink.NONE);
  }

  private Optional<String> name(String path, int call) {
    return files.nameOf(path, call).map(as).filter(answers::wants);
  }

  @Override
  public boolean wants(String path, int call) {
    return name(path, call).isPresent();
  }

  @Override
  public void accept(String path, int call, Tensor actual) {
    name(path, call).ifPresent(name -> answers.tensor(name, actual));
  }
}
