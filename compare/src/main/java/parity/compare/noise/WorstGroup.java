package parity.compare.noise;

/**
 * The frame, channel or row with the largest error for its floor.
 *
 * @param ratio {@code rms_g(c - t) / max(rms_g(r - t), F)}
 */
public record WorstGroup(Group group, double ratio) {}
