package parity.harness.regime;

import java.util.List;
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
                new Regime<>(
                    "spoken at once", "cli/model.py:378", "no --streaming", Schedule::atOnce),
                new Regime<>(
                    "mask of one block",
                    "flow/DiT/dit.py:169",
                    "no --streaming, or a last chunk",
                    Schedule::oneBlock),
                new Regime<>(
                    "mask of several blocks",
                    "flow/DiT/dit.py:167",
                    LONGER,
                    Schedule::severalBlocks),
                new Regime<>(
                    "hop of 25", "cli/model.py:348", LONGER, schedule -> schedule.hops(25)),
                new Regime<>(
                    "hop of 50", "cli/model.py:360", LONGER, schedule -> schedule.hops(50)),
                new Regime<>(
                    "hop of 100", "cli/model.py:360", LONGER, schedule -> schedule.hops(100)),
                new Regime<>(
                    "hop that grows no more",
                    "cli/model.py:360",
                    "--streaming and a text of over 12 s",
                    Schedule::hopsThatStay),
                new Regime<>(
                    "first hop with padding",
                    "cli/model.py:345",
                    "--streaming and a prompt that is no whole number of seconds",
                    Schedule::padded),
                new Regime<>(
                    "first hop without padding",
                    "cli/model.py:345",
                    "--streaming and a prompt of a whole number of seconds",
                    Schedule::unpadded),
                new Regime<>(
                    "chunk with look-ahead left",
                    "cli/model.py:350",
                    LONGER,
                    Schedule::withLookahead),
                new Regime<>(
                    "last chunk alone",
                    "cli/model.py:366",
                    "--streaming and a text of under a second",
                    Schedule::lastAlone),
                new Regime<>(
                    "last chunk of the look-ahead alone",
                    "cli/model.py:362",
                    "--streaming and other seeds or texts",
                    Schedule::lastOfLookahead),
                new Regime<>(
                    "last chunk of more than the look-ahead",
                    "cli/model.py:362",
                    LONGER,
                    Schedule::lastOfMore))));
  }
}
