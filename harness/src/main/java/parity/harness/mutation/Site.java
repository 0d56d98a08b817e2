package parity.harness.mutation;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a module that the harness named is the one in which a fault was put.
 *
 * @param part what a capture puts before the names of the graphs, e.g. {@code flow.}
 * @param captured names of all tensors that the stage compares
 */
record Site(String part, List<String> captured) {
  private static final Pattern CALL = Pattern.compile("#\\d+$");

  /** Outputs of one module that returns several. */
  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?<=attn_norm|rotary_emb|self_attn|m_source|l_sin_gen|_stft|flow\\.decoder)\\.\\d$");

  /**
   * Whether it is.
   *
   * @param owner of the site, as {@link Mutant#owner} has it
   * @param named what the harness named
   */
  boolean isNamedBy(String owner, String named) {
    String found = module(CALL.matcher(named).replaceFirst(""));
    if (owner.isEmpty()) {
      // What joins the last modules of a graph and makes the part's result.
      return found.equals(part.substring(0, part.length() - 1))
          || found.equals("hift._istft")
          || !found.startsWith(part);
    }
    int input = owner.indexOf(':');
    String around = input < 0 ? owner : caller(owner.substring(0, input));
    return found.equals(nearest(module(around)));
  }

  /** The module around another: lists of modules are none. */
  private static String caller(String module) {
    String member = module.replaceFirst("\\.\\d+$", "");
    return member.substring(0, Math.max(member.lastIndexOf('.'), 0));
  }

  private static String module(String name) {
    return OUTPUT.matcher(name.replace(".from_source", "")).replaceFirst("");
  }

  /** Of modules that were not captured, the one around them that was. */
  private String nearest(String module) {
    String name = module;
    while (name.contains(".") && !isCaptured(name)) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return name;
  }

  private boolean isCaptured(String module) {
    return captured.stream()
        .map(name -> module(CALL.matcher(name).replaceFirst("")))
        .anyMatch(module::equals);
  }
}
