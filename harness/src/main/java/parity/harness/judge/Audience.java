package parity.harness.judge;

import parity.harness.console.Progress;
import parity.harness.console.StageLog;

/**
 * Who hears of a stage.
 *
 * @param who whose tensors are judged, as a log calls it
 * @param log gets every line
 * @param progress counts what was compared
 * @param all whether a person who watches hears of every tensor
 */
public record Audience(String who, StageLog log, Progress progress, boolean all) {}
