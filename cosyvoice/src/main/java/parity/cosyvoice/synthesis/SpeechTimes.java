package parity.cosyvoice.synthesis;

/**
 * What speech has cost so far.
 *
 * @param llm seconds in the language model
 * @param flow seconds in the flow
 * @param hift seconds in the vocoder
 * @param tokens speech tokens so far, of 1/25 s each
 */
public record SpeechTimes(double llm, double flow, double hift, long tokens) {}
