package parity.harness.cli.options;

import parity.harness.result.Provenance;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {Provenance.summary()};
  }
}
