package parity.harness.regime;

import java.util.List;
import java.util.function.ToLongFunction;
import parity.harness.result.StageName;

/** In what chunks Flow makes a mel, and which frames see which. */
final class FlowRegimes {
  private static final String LONGER = "--streaming and a longer text";

  private FlowRegimes() {}

  static List<Family<?>> families() {
    return List.of(
        new Family<>(
            StageName.FLOW,
            "chunks",
            Schedule::of,
            List.of(
                of("spoken at once", "cli/model.py:378", "no --streaming", Schedule::atOnce),
                of(
                    "mask of one block",
                    "flow/DiT/dit.py:169",
                    "no --streaming, or a last chunk",
                    Schedule::oneBlock),
                of(
                    "mask of several blocks",
                    "flow/DiT/dit.py:167",
                    LONGER,
                    Schedule::severalBlocks),
                of("hop of 25", "cli/model.py:348", LONGER, schedule -> schedule.hops(25)),
                of("hop of 50", "cli/model.py:360", LONGER, schedule -> schedule.hops(50)),
                of("hop of 100", "cli/model.py:360", LONGER, schedule -> schedule.hops(100)),
                of(
                    "hop that grows no more",
                    "cli/model.py:360",
                    "--streaming and a text of over 12 s",
                    Schedule::hopsThatStay),
                of(
                    "first hop with padding",
                    "cli/model.py:345",
                    "--streaming and a prompt that is no whole number of seconds",
                    Schedule::padded),
                of(
                    "first hop without padding",
                    "cli/model.py:345",
                    "--streaming and a prompt of a whole number of seconds",
                    Schedule::unpadded),
                of(
                    "chunk with look-ahead left",
                    "cli/model.py:350",
                    LONGER,
                    Schedule::withLookahead),
                of(
                    "last chunk alone",
                    "cli/model.py:366",
                    "--streaming and a text of under a second",
                    Schedule::lastAlone),
                of(
                    "last chunk of the look-ahead alone",
                    "cli/model.py:362",
                    "--streaming and other seeds or texts",
                    Schedule::lastOfLookahead),
                of(
                    "last chunk of more than the look-ahead",
                    "cli/model.py:362",
                    LONGER,
                    Schedule::lastOfMore))));
  }

  private static Regime<Schedule> of(
      String name, String upstream, String howTo, ToLongFunction<Schedule> counter) {
    return new Regime<>(name, upstream, howTo, counter);
  }
}
