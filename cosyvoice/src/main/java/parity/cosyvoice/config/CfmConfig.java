package parity.cosyvoice.config;

/**
 * {@code decoder: !new:cosyvoice.flow.flow_matching.CausalConditionalCFM}.
 *
 * @param inferenceCfgRate weight of classifier-free guidance
 * @param cosineSchedule whether time runs as 1 - cos(t pi/2) instead of evenly
 */
public record CfmConfig(double inferenceCfgRate, boolean cosineSchedule) {}
