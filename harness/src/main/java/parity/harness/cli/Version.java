package parity.harness.cli;

import picocli.CommandLine.IVersionProvider;
import parity.harness.result.Provenance;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {Provenance.summary()};
  }
}
