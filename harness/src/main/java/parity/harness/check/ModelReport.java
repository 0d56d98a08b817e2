package parity.harness.check;

import java.util.List;

/**
 * What was found of a model folder.
 *
 * @param files those that a release has, in its order, then all others by name
 */
public record ModelReport(List<ModelFile> files) {
  public ModelReport {
    files = List.copyOf(files);
  }

  /** Files with which something is wrong. */
  public List<ModelFile> wrong() {
    return files.stream().filter(file -> !file.isFine()).toList();
  }

  /** Whether the folder can be used. */
  public boolean usable() {
    return wrong().isEmpty();
  }
}
