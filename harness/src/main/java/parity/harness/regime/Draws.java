package parity.harness.regime;

import java.util.Optional;
import java.util.Set;
import parity.cosyvoice.config.LlmConfig;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.harness.plan.inputs.Sampled;
import parity.harness.regime.Family.Source;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** How Python's language model came to its tokens, and what was left of them. */
final class Draws {
  /** Speech tokens for a token of text, at least and at most (llm/llm.py:469). */
  private static final int LEAST = 2;

  private static final int MOST = 20;

  /** As cli/model.py:422 has them; the native side's own list may be wrong. */
  private static final Set<Integer> SILENT =
      Set.of(1, 2, 28, 29, 55, 248, 494, 2241, 2242, 2322, 2323);

  private final LlmConfig config;
  private final int textTokens;
  private final int[] token;
  private final int spoken;
  private final boolean silentOnesDropped;

  private long byTopP;
  private long byTopK;
  private long single;
  private long fromAll;
  private long farEnd;
  private long justBeyond;

  private Draws(Source source, Captured full, Tensor logp, Sampled sampled) {
    this.config = source.config().llm();
    this.textTokens =
        Math.toIntExact(full.get(TensorNames.TEXT, DType.I32, 1, Captured.ANY).elements());
    this.token = sampled.token().toInts();
    this.spoken =
        Math.toIntExact(full.get(TensorNames.TOKEN, DType.I32, 1, Captured.ANY).elements());
    this.silentOnesDropped = source.capture().filtersSilentTokens();
    int[] size = sampled.size().toInts();
    int[] step = sampled.step().toInts();
    long from = 0;
    for (int call = 0; call < size.length; call++) {
      if (call == 0 || step[call] != step[call - 1]) {
        nucleus(sampled.prob(), from, size[call]);
        boolean drawnOnce = call == size.length - 1 || step[call + 1] != step[call];
        int index = Math.toIntExact(sampled.index().getLong(call));
        distance(drawnOnce ? token[step[call]] : likeliest(logp, step[call], index), step[call]);
      } else {
        fromAll++;
      }
      from += size[call];
    }
  }

  /** Of a capture; nothing if it does not hold what was drawn. */
  static Optional<Draws> of(Source source) {
    return source
        .full()
        .flatMap(full -> {
          Tensor logp = full.get(TensorNames.LLM_LOGP, DType.F32, Captured.ANY, Captured.ANY);
          return Sampled.of(source.capture(), logp.shape().dim(0))
              .map(sampled -> new Draws(source, full, logp, sampled));
        });
  }

  private void nucleus(Tensor prob, long from, int size) {
    single += size == 1 ? 1 : 0;
    if (size < config.topK()) {
      byTopP++;
      return;
    }
    double sum = 0;
    for (long i = from; i < from + size; i++) {
      sum += prob.getFloat(i);
    }
    byTopK += sum < config.topP() ? 1 : 0;
  }

  /** Which token has that rank in a step: the greatest first, of equals the one with lower id. */
  private static int likeliest(Tensor logp, int step, int rank) {
    long width = logp.shape().dim(1);
    boolean[] taken = new boolean[Math.toIntExact(width)];
    int best = 0;
    for (int i = 0; i <= rank; i++) {
      best = -1;
      for (int id = 0; id < width; id++) {
        if (!taken[id]
            && (best < 0
                || logp.getFloat(step * width + id) > logp.getFloat(step * width + best))) {
          best = id;
        }
      }
      taken[best] = true;
    }
    return best;
  }

  /** How many steps ago a token that is drawn was drawn before. */
  private void distance(int drawn, int step) {
    for (int before = step - 1; before >= Math.max(0, step - config.winSize() - 1); before--) {
      if (token[before] == drawn) {
        farEnd += step - before == config.winSize() ? 1 : 0;
        justBeyond += step - before == config.winSize() + 1 ? 1 : 0;
        return;
      }
    }
  }

  /** Steps whose nucleus is smaller than {@code top_k}. */
  long nucleusCutByTopP() {
    return byTopP;
  }

  /** Steps whose nucleus would go on, were it not for {@code top_k}. */
  long nucleusCutByTopK() {
    return byTopK;
  }

  long nucleusOfOneToken() {
    return single;
  }

  /** Steps in which a repeated token was drawn, and then another from all. */
  long drawnFromAll() {
    return fromAll;
  }

  /** Repeated tokens that are as long ago as the window reaches. */
  long repeatedAtTheWindowsEnd() {
    return farEnd;
  }

  /** Repeated tokens that are one step longer ago. */
  long repeatedBeyondTheWindow() {
    return justBeyond;
  }

  private int least() {
    return textTokens * LEAST;
  }

  private boolean isStop(int id) {
    return id >= config.speechTokenSize();
  }

  private boolean stopped() {
    return token.length > 0 && isStop(token[token.length - 1]);
  }

  /** Steps in which one of the stop tokens is not to be drawn. */
  long belowTheLeastLength() {
    return Math.min(token.length, least());
  }

  long beyondTheLeastLength() {
    return Math.max(0, token.length - least());
  }

  long endedByTheStopToken() {
    return stopped() && token[token.length - 1] == config.speechTokenSize() + 1 ? 1 : 0;
  }

  long endedByAnotherStopToken() {
    return stopped() ? 1 - endedByTheStopToken() : 0;
  }

  long endedBelowTheLeastLength() {
    return stopped() && token.length <= least() ? 1 : 0;
  }

  long endedByTheGreatestLength() {
    return !stopped() && token.length == textTokens * MOST ? 1 : 0;
  }

  /** Runs of silent tokens that are as long as may be, of which nothing is dropped. */
  long silentRunsOfFive() {
    long runs = 0;
    int length = 0;
    for (int at = 0; at <= token.length; at++) {
      boolean silent = at < token.length && SILENT.contains(token[at]);
      runs += !silent && length == 5 ? 1 : 0;
      length = silent ? length + 1 : 0;
    }
    return runs;
  }

  long silentTokensDropped() {
    return silentOnesDropped ? token.length - (stopped() ? 1 : 0) - spoken : 0;
  }
}
