package parity.harness.port.dump;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import parity.harness.plan.Expectation;
import parity.harness.port.Answers;
import parity.harness.port.Port;

/**
 * Another port's tensors, which are read and not computed.
 *
 * @param folder with tensor files
 */
public record DumpPort(Path folder, Reading reading) implements Port {
  @Override
  public boolean answers(Expectation expectation) {
    return expectation.isAskedOfCandidates();
  }

  @Override
  public void run(Answers answers, Arena arena) {
    reading.begin();
    reading.answer(folder, answers, arena);
  }
}
